import { html, nothing, type TemplateResult } from "lit";
import type { Preset } from "./configuration.js";
import type { Ground } from "./ground.js";
import { PRESET_PAGES } from "./preset_pages.js";

/**
 * The stories as a row of buttons, with what the chosen one tells.
 *
 * @param pages the root of the pages in the reader's language
 */
export function presetsView(
  { presets, messages }: Ground,
  chosen: Preset | null,
  pages: URL,
  choose: (preset: Preset) => void,
): TemplateResult | typeof nothing {
  if (presets.length === 0) return nothing;
  const { controls } = messages;
  const text = chosen && controls.presetTexts[chosen.name];
  const page = chosen && PRESET_PAGES[chosen.name];
  return html`<section class="playground-presets" aria-labelledby="adamwd-presets">
    <p class="playground-heading" id="adamwd-presets">${controls.presets}</p>
    <div class="playground-row">
      ${presets.map(
        (preset) =>
          html`<button
            type="button"
            aria-pressed=${preset === chosen ? "true" : "false"}
            data-preset=${preset.name}
            @click=${() => choose(preset)}
          >
            ${controls.presetTexts[preset.name]?.name ?? preset.name}
          </button>`,
      )}
    </div>
    <p class="playground-story" aria-live="polite">
      ${
        text
          ? html`${text.sentence}
            ${page ? html`<a href=${new URL(page, pages).href}>${controls.more(text.page)}</a>` : nothing}`
          : nothing
      }
    </p>
  </section>`;
}
