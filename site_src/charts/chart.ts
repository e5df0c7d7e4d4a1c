import { type PlotOptions, plot } from "@observablehq/plot";

/** What every chart needs to know of the page. The document is given, so that charts render in tests too. */
export interface Frame {
  document: Document;
  width: number;
  /** What a reader who does not see the chart is told. */
  summary: string;
}

/** Draws with the settings that all charts share, as one image with a text alternative. */
export function draw(frame: Frame, options: PlotOptions): Element {
  const chart = plot({
    document: frame.document,
    width: frame.width,
    marginTop: 26,
    marginRight: 16,
    marginBottom: 40,
    marginLeft: 52,
    style: {
      background: "none",
      color: "currentColor",
      fontFamily: "inherit",
      fontSize: "13px",
      overflow: "visible",
    },
    ...options,
  });
  // Plot names its groups, but what is inside an image has no name of its own.
  for (const group of chart.querySelectorAll("[aria-label], [aria-description]")) {
    group.removeAttribute("aria-label");
    group.removeAttribute("aria-description");
  }
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", frame.summary);
  return chart;
}
