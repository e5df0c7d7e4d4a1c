// What the theme and KaTeX put on window, for the editors' and tsc's check of this folder.
interface ThemeObservable {
  subscribe(next: () => void): void;
}

interface Window {
  document$: ThemeObservable;
  component$: ThemeObservable;
  katex: {
    render(tex: string, element: HTMLElement, options: { displayMode: boolean; throwOnError: boolean }): void;
  };
}
