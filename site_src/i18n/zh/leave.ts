// The interface in Chinese: leave. Its keys are the type that English has to fill.

export const leave = {
  code: "代码",
  frameworks: { torch: "PyTorch", mindspore: "MindSpore", numpy: "NumPy" } as Record<string, string>,
  loading: "正在生成……",
  none: (framework: string) => `当前两边的算法都不在 ${framework} 里，没有可生成的代码。`,
  hint: "完整的脚本：目标函数、优化器、学习率调度都写明，存成文件即可运行。",
  copy: "复制",
  copyCode: "复制代码",
  download: (name: string) => `下载 ${name}`,
  copied: "已复制。",
  notCopied: "浏览器不允许复制，请手动选中。",
  downloaded: (name: string) => `已下载 ${name}。`,
  link: "链接",
  linkHint: "打开这个链接就恢复全部设置。链接里的代码不会自动运行。",
  linkLabel: "恢复当前设置的链接",
  data: "数据",
  csv: "下载 CSV",
  csvHint: "每个记录的步：两边的损失、参数、矩估计与更新量。",
  json: (side: string) => `下载 JSON（${side}）`,
  sides: { left: "左边", right: "右边" },
  jsonHint: "可以用 adamwd.Trace.read 读回。",
};
