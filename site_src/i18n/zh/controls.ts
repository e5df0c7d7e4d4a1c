// The interface in Chinese: controls. Its keys are the type that English has to fill.

/** Texts of a preset: a name for its button, what one sees, and the page that explains it. */
export interface PresetText {
  name: string;
  sentence: string;
  page: string;
}

export const controls = {
  presets: "先看一个现象",
  presetTexts: {
    defaults: {
      name: "默认值对默认值",
      sentence:
        "两边都用框架的默认值。学习率和 β 相同，可是 AdamWeightDecay 没有偏差修正，eps 和权重衰减的默认值也不同：两条轨迹一开始就分开，AdamWeightDecay 走得快得多。",
      page: "默认值",
    },
    "bias-correction": {
      name: "只差偏差修正",
      sentence:
        "超参数全部对齐，梯度恒定，没有衰减：剩下的差别只有偏差修正。AdamW 每步走得一样远；AdamWeightDecay 一开始就走得更远，到这段运行结束也没有降回来。",
      page: "没有偏差修正",
    },
    reversal: {
      name: "方向反过来",
      sentence: "换成 β = (0.9, 0.95)：开头几步 AdamWeightDecay 反而走得更短，之后才略长于 AdamW。",
      page: "换一组 β，方向可能相反",
    },
    "eps-floor": {
      name: "eps 成了下限",
      sentence:
        "两个分量的梯度一大一小，其余都用默认值。AdamW 给两者几乎一样的步长；AdamWeightDecay 的 eps 与小梯度相当，那个分量就走得短。",
      page: "eps 加的位置",
    },
    "decay-alone": {
      name: "只有衰减",
      sentence: "梯度为零，只剩权重衰减：两边都是解耦的，按同样的比例缩小参数，相差只有舍入误差。",
      page: "相同：都是解耦权重衰减",
    },
    "name-filter": {
      name: "名称过滤",
      sentence:
        "同样只有衰减，但第二个参数叫 norm.gamma：AdamWeightDecay 见到名字里有 gamma 就不衰减，它留在原地；AdamW 不看名字。",
      page: "名称过滤",
    },
    warmup: {
      name: "预热掩盖差别",
      sentence:
        "学习率预热把开头被放大的步长压了下去，尖峰不见了；可是两边步长之比没有变，轨迹照样分开，只是晚一些。",
      page: "预热掩盖什么，不掩盖什么",
    },
    "float32-decay": {
      name: "消失的 float32 衰减",
      sentence:
        "两边都是 AdamW，左边有很小的权重衰减，右边没有，轨迹却逐位相同：lr × weight_decay 太小，1 − lr × weight_decay 在 float32 里舍入成 1。",
      page: "很小的衰减会消失",
    },
    overflow: {
      name: "溢出",
      sentence:
        "有一个分量的梯度大到平方超出 float32：AdamWeightDecay 的这个参数变成 NaN；AdamW 先乘以 1 − β₂ 再平方，照常更新。",
      page: "过大的梯度",
    },
  } as Record<string, PresetText>,
  more: (page: string) => `详见：${page}`,

  settings: "设置",
  problem: "目标函数",
  formula: "公式",
  ofBoth: "两边共用",
  side: { left: "左", right: "右" },
  sideOf: (side: string, label: string) => `${side}：${label}`,
  algorithm: { left: "左边的算法", right: "右边的算法" },
  slider: (label: string) => `${label}，滑块`,
  complement: (value: string, complement: string) => `${value}，1 − β = ${complement}`,
  options: {
    start: "起点",
    condition_number: "条件数 κ",
    noise: "噪声标准差 σ",
    gradient: "梯度",
    names: "参数名",
  } as Record<string, string>,
  component: (name: string, index: number) => `${name}，第 ${index} 个分量`,
  steps: "步数",
  seed: "随机种子",
  schedule: "学习率调度",
  schedules: {
    constant: "恒定",
    warmup: "线性预热",
    cosine: "预热后余弦下降",
    list: "逐步的列表",
  },
  scheduleFields: {
    warmup_steps: "预热步数",
    minimum_ratio: "最低比例",
    values: "每步的学习率",
  } as Record<string, string>,
  listHint: "每步一个数，用逗号、空格或换行分开；个数不能少于步数。",
  links: "两边的关系",
  defaults: "框架默认值",
  defaultsHint: "两边都恢复为各自框架的默认值",
  copy: "左边复制到右边",
  copyHint: "右边换成与左边相同的算法和超参数",
  match: "对齐超参数",
  matchHint: "右边保留自己的算法，超参数取左边的值；名称不同的自动对应，例如 betas 对应 beta1 和 beta2",
  matched: "超参数已对齐",

  mistakes: {
    number: "请填一个有限的十进制数，例如 0.001。",
    integer: "请填一个整数，例如 500。",
    list: "请填一串有限的十进制数，例如 0.001, 0.002。",
    empty: "这里不能为空。",
  },

  run: "运行",
  stop: "停止",
  runHint: (size: string, compressed: string) =>
    `第一次运行要从本站下载 Python：${size} MB（服务器压缩后约 ${compressed} MB），之后不再下载。`,
  readyHint: "Python 已就绪：改动任何设置都会立刻重算。",
  recorded: (versions: string, date: string) => `真实运行的记录：${versions}，${date}。`,
  live: "刚才在你的浏览器里用 NumPy 参考实现算出。",
  stale: "设置已改动，图中仍是：",
  problemRun: (problem: string, steps: number) => `${problem}，${steps} 步`,
  noCurves: "还没有可画的曲线，按“运行”即可算出。",
  summary: (
    left: string,
    leftLoss: string,
    right: string,
    rightLoss: string,
    distance: string,
    step: number,
  ) => `第 ${step} 步：${left} 损失 ${leftLoss}，${right} 损失 ${rightLoss}，相距 ${distance}。`,

  ignored: (parts: string) => `这个链接里有不能用的内容，已换成默认值：${parts}。`,
  ignoredAll: "这个链接无法读取，显示的是默认设置。",
  waiting: "这个链接带有代码，还没有运行。请先看一看，再决定要不要运行。",
  lookAtCode: "查看代码",
  dismiss: "知道了",
  noTracesOfCode: "自己的代码没有完整的轨迹文件。",

  panels: {
    inspector: "逐行核对这一步",
    sweep: "扫描两个超参数",
    code: "换上自己的代码",
    leave: "带走：代码、链接、数据",
    verify: "自己核对",
  },
  panelHints: {
    inspector: "两边的公式，逐行代入数值",
    sweep: "一张热图，点一下载入那组设置",
    code: "自己的损失函数，或改过的更新规则",
    leave: "PyTorch、MindSpore 和 NumPy 代码",
    verify: "在浏览器里重跑全部记录",
  },
  loading: "正在载入……",
  panelFailed: "这一部分没有载入成功。",
  inspectorOfRule: "这里核对的是内置的更新规则，不是你改过的代码。",

  figure: {
    open: "在演练场中打开",
    missing: "这张图的设置没有找到。",
  },
};
