// A chart as a file of its own: with literal colours, a background, and what it shows in words.
const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = ["fill", "stroke", "font-family", "font-size", "font-weight", "opacity"] as const;
const MARGIN = 16;
const LINE = 20;

export interface Captions {
  title: string;
  /** What was drawn with what. */
  source: string;
}

/** Breaks a text into lines of so many characters; Chinese characters are twice as wide. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let length = 0;
  for (const word of text.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+/g) ?? []) {
    const size = [...word].reduce((sum, c) => sum + (/[\u3000-\u9fff\uff00-\uffef]/.test(c) ? 2 : 1), 0);
    if (length + size > width && line.trim()) {
      lines.push(line.trim());
      line = "";
      length = 0;
    }
    line += word;
    length += size;
  }
  return line.trim() ? [...lines, line.trim()] : lines;
}

function resolve(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  for (const property of PROPERTIES) {
    const value = style.getPropertyValue(property);
    if (value) copy.setAttribute(property, value);
  }
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  [...original.children].forEach((child, index) => {
    const other = copy.children[index];
    if (other) resolve(child, other);
  });
}

/** Returns a chart as the text of an SVG file. */
export function svgOf(chart: Element, captions: Captions): string {
  const { document } = (chart.ownerDocument.defaultView as Window) ?? window;
  const width = Number(chart.getAttribute("width"));
  const height = Number(chart.getAttribute("height"));
  const copy = chart.cloneNode(true) as Element;
  resolve(chart, copy);
  for (const style of copy.querySelectorAll("style")) style.remove();
  const titles = wrapped(captions.title, Math.floor(width / 8));
  const sources = wrapped(captions.source, Math.floor(width / 6.5));
  const top = MARGIN + titles.length * LINE;
  const total = top + height + sources.length * LINE + MARGIN;
  const ink = getComputedStyle(chart).color;
  const paper = getComputedStyle(document.body).backgroundColor;
  const svg = document.createElementNS(SVG, "svg");
  const set = (element: Element, attributes: Record<string, string | number>) => {
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  };
  const texts = (lines: string[], y: number, more: Record<string, string | number>) =>
    lines.map((line, index) => {
      const text = set(document.createElementNS(SVG, "text"), {
        x: MARGIN,
        y: y + index * LINE,
        fill: ink,
        "font-family": "sans-serif",
        ...more,
      });
      text.textContent = line;
      return text;
    });
  set(svg, {
    xmlns: SVG,
    width: width + 2 * MARGIN,
    height: total,
    viewBox: `0 0 ${width + 2 * MARGIN} ${total}`,
  });
  const background = set(document.createElementNS(SVG, "rect"), { width: "100%", height: "100%" });
  background.setAttribute("fill", /rgba?\(.*, 0\)|transparent/.test(paper) || !paper ? "#ffffff" : paper);
  set(copy, { x: MARGIN, y: top, overflow: "visible", color: ink });
  svg.append(
    background,
    ...texts(titles, MARGIN + 14, { "font-size": 15, "font-weight": 600 }),
    copy,
    ...texts(sources, top + height + 16, { "font-size": 12 }),
  );
  return new XMLSerializer().serializeToString(svg);
}

/** Draws an SVG at twice its size and returns it as PNG. */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * image.naturalWidth;
    canvas.height = 2 * image.naturalHeight;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("there is no canvas");
    context.scale(2, 2);
    context.drawImage(image, 0, 0);
    return await new Promise<Blob>((resolvePng, reject) => {
      canvas.toBlob((blob) => (blob ? resolvePng(blob) : reject(new Error("no picture"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Gives the reader a file. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
