// The interface in Chinese: views. Its keys are the type that English has to fill.

/** A name before a word: a space stands between Latin and Chinese, and not within Chinese. */
const before = (name: string) => (/\p{Script=Han}$|）$/u.test(name) ? name : `${name} `);

export const views = {
  algorithms: {
    "torch.optim.AdamW": "AdamW",
    "mindspore.nn.AdamWeightDecay": "AdamWeightDecay",
    "mindspore.experimental.optim.AdamW": "experimental AdamW",
  } as Record<string, string>,
  onSide: (name: string, position: "left" | "right") => `${name}（${position === "left" ? "左" : "右"}）`,

  names: {
    loss: "损失",
    trajectories: "参数平面上的轨迹",
    distance: "两条轨迹的距离",
    step_size: "步长",
    ratio: "步长之比",
    first_moment: "一阶矩估计 m",
    second_moment: "二阶矩估计 v",
    update: "更新量",
  } as Record<string, string>,
  axes: {
    loss: "损失",
    distance: "参数向量的欧氏距离",
    step_size: "更新量的均方根",
    ratio: "右边 / 左边",
    first_moment: "m",
    second_moment: "v",
    update: "w 的变化",
  } as Record<string, string>,
  logarithmic: (axis: string) => `${axis}（对数）`,
  step: "步数 t",
  closedForm: "闭式解",
  minimum: "极小点",
  contours: "灰线是损失的等高线，相邻两条相差 10 的平方根倍（约 3.2 倍）。",

  titles: {
    loss: (left: string, leftLoss: string, right: string, rightLoss: string, step: string) =>
      `第 ${step} 步的损失：${left} ${leftLoss}，${right} ${rightLoss}`,
    trajectories: (left: string, right: string) => `${left} 与 ${right} 走过的路`,
    distance: (largest: string, step: string) => `两条轨迹最远相距 ${largest}（第 ${step} 步）`,
    together: "两条轨迹在每一步都重合",
    step_size: (left: string, right: string) => `${left} 与 ${right} 每步走多远`,
    ratio: (right: string, left: string, largest: string, step: string) =>
      `${right} 的步长最大是 ${left} 的 ${largest} 倍（第 ${step} 步）`,
    component: (name: string, component: string) => `${name}：${component}`,
  },
  summaries: {
    line: (label: string, first: string, last: string, step: string) =>
      `${before(label)}从 ${first} 到第 ${step} 步的 ${last}`,
    end: (label: string, position: string) => `${before(label)}停在 ${position}`,
    closedForm: "点线是梯度恒定、eps 可忽略、没有衰减时的闭式解。",
    broken: (label: string, step: string) =>
      `${before(label)}在第 ${step} 步出现 NaN 或无穷大，图中只画到这之前，并以 × 标出。`,
    same: "两边每一步都逐位相同。",
  },
  sentence: (parts: string[]) => `${parts.join("；")}。`,

  scrubber: "当前步",
  scrubberText: (step: string, values: string) => `第 ${step} 步：${values}`,
  value: (label: string, value: string) => `${before(label)}损失 ${value}`,
  play: "播放",
  pause: "暂停",
  scale: "损失的纵轴",
  log: "对数",
  linear: "线性",
  component: "看哪个分量",
  start: (x: string, y: string) => `起点 (${x}, ${y})，可拖动；用方向键移动`,
  startMoved: (x: string, y: string) => `起点移到 (${x}, ${y})`,

  data: "数据表与下载",
  caption: (name: string) => `${name}，按步数抽取`,
  tableStep: "步数",
  position: (label: string) => `${label} 的位置`,
  download: (format: string) => `下载 ${format}`,
  downloaded: (name: string) => `已下载 ${name}`,
  downloadFailed: "这个浏览器画不出图片，请改用 SVG。",
  drawnFrom: {
    recorded: (versions: string, date: string) => `真实运行的记录：${versions}，${date}`,
    live: "NumPy 参考实现，在浏览器中运行",
  },
};
