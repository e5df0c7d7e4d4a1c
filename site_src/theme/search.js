// @ts-check
// The theme's search listens for keyup alone, which input methods and pasting do not fire.

export function searchOnInput() {
  document.querySelector("[data-md-component=search-query]")?.addEventListener("input", (event) => {
    event.target?.dispatchEvent(new KeyboardEvent("keyup", { bubbles: false }));
  });
}
