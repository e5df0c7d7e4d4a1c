import { html, render, type TemplateResult } from "lit";
import type { Messages } from "../i18n/messages.js";
import { type Captions, pngOf, save, svgOf } from "./picture.js";
import type { Table } from "./texts.js";

export interface Data {
  /** What the numbers are of, for the table's caption. */
  name: string;
  /** What a file of it is called, after `adamw-`. */
  file: string;
  table: () => Table;
  messages: Messages;
  captions: () => Captions;
  chart: () => Element | null;
  onNotice: (notice: string) => void;
}

function tableView({ head, rows }: Table, caption: string): TemplateResult {
  return html`<div class="views-table" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([step, ...values]) =>
            html`<tr>
              <th scope="row">${step}</th>
              ${values.map((value) => html`<td>${value}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

async function download(format: "svg" | "png", data: Data): Promise<void> {
  const chart = data.chart();
  if (!chart) return;
  const { views } = data.messages;
  const name = `adamw-${data.file.replaceAll("_", "-")}.${format}`;
  try {
    const svg = svgOf(chart, data.captions());
    const content = format === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await pngOf(svg);
    save(name, content);
    data.onNotice(views.downloaded(name));
  } catch {
    data.onNotice(views.downloadFailed);
  }
}

/** The numbers behind a chart, and the chart as a file; made when the reader opens it. */
export function dataView(data: Data): TemplateResult {
  const { views } = data.messages;
  const caption = data.name;
  const fill = (event: Event) => {
    const details = event.target as HTMLDetailsElement;
    const place = details.querySelector<HTMLElement>(".views-data");
    if (place) render(details.open ? tableView(data.table(), caption) : html``, place);
  };
  return html`<details class="views-details" @toggle=${fill}>
    <summary>${views.data}</summary>
    <div class="views-downloads">
      <button type="button" @click=${() => void download("svg", data)}>${views.download("SVG")}</button>
      <button type="button" @click=${() => void download("png", data)}>${views.download("PNG")}</button>
    </div>
    <div class="views-data"></div>
  </details>`;
}
