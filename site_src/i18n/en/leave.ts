import type { leave as Leave } from "../zh/leave.js";

export const leave: typeof Leave = {
  code: "Code",
  frameworks: { torch: "PyTorch", mindspore: "MindSpore", numpy: "NumPy" },
  loading: "Writing the script…",
  none: (framework) => `Neither side runs an algorithm of ${framework}, so there is no script to write.`,
  hint: "A complete script: objective, optimizer and learning-rate schedule written out. Save it and run it.",
  copy: "Copy",
  copyCode: "Copy the code",
  download: (name) => `Download ${name}`,
  copied: "Copied.",
  notCopied: "The browser does not allow copying: select the text by hand.",
  downloaded: (name) => `${name} was downloaded.`,
  link: "Link",
  linkHint: "Opening this link restores every setting. Code in a link is not run by itself.",
  linkLabel: "Link that restores the present setting",
  data: "Data",
  csv: "Download CSV",
  csvHint: "Every recorded step: loss, parameters, moments and updates of both sides.",
  json: (side) => `Download JSON (${side})`,
  sides: { left: "left", right: "right" },
  jsonHint: "adamwd.Trace.read reads it back.",
};
