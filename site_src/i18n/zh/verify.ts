// The interface in Chinese: verify. Its keys are the type that English has to fill.

export const verify = {
  intro:
    "在你的浏览器里把录制过的实验全部重跑一遍，逐个数字与 CPython 的结果比较，再与真实的库的录制结果比较误差。",
  start: (count: number) => `重跑全部 ${count} 个实验`,
  stop: "停止",
  progress: (done: number, total: number) => `已完成 ${done} / ${total}`,
  caption: "每个实验的核对结果",
  columns: {
    experiment: "实验",
    library: "真实的库",
    differing: "与 CPython 不同的数字",
    error: "与真实运行的误差",
    limit: "上限",
    verdict: "结论",
  },
  of: (differing: string, numbers: string) => `${differing} / ${numbers}`,
  holds: "成立",
  fails: "不成立",
  failed: (message: string) => `未能核对：${message}`,
  allSame: (numbers: string, exact: number, total: number) =>
    `${total} 个实验全部成立，共比较 ${numbers} 个数字；其中 ${exact} 个实验与 CPython 逐位相同。`,
  some: (failed: number, total: number) =>
    `${total} 个实验中有 ${failed} 个不成立，见表中“${"不成立"}”的行。`,
  stopped: (done: number, total: number) => `已停止：核对了 ${total} 个中的 ${done} 个。`,
  note: "误差是相对值，以该量在整条轨迹中的最大值为尺度；上限的理由见“复现”页的容差表。逻辑回归用到 exp 与 tanh，不同的 C 库末位可能不同。",
};
