// The interface in Chinese. Its keys are the type that the other language has to fill.

import { controls } from "./zh/controls.js";
import { inspector } from "./zh/inspector.js";
import { leave } from "./zh/leave.js";
import { ownCode } from "./zh/own_code.js";
import { sweep } from "./zh/sweep.js";
import { verify } from "./zh/verify.js";
import { views } from "./zh/views.js";

export const zh = {
  controls,
  views,
  inspector,
  sweep,
  ownCode,
  leave,
  verify,

  settings: "设置",
  problem: "目标函数",
  problems: {
    quadratic: "病态二次函数",
    rosenbrock: "Rosenbrock 函数",
    beale: "Beale 函数",
    noisy_quadratic: "带梯度噪声的二次函数",
    logistic_regression: "逻辑回归",
    constant_gradient: "恒定梯度",
  } as Record<string, string>,
  options: {
    start: "起点",
    condition_number: "条件数 κ",
    noise: "梯度噪声的标准差 σ",
  } as Record<string, string>,
  component: (index: number) => `第 ${index} 个分量`,
  steps: "步数",
  stepsOf: (steps: number) => `，${steps} 步`,
  seed: "随机种子",
  run: "运行",
  stop: "停止",
  retry: "重试",
  defaults: "恢复框架默认值",
  match: "让 AdamWeightDecay 取相同的值",
  matchHint:
    "让 AdamWeightDecay 取相同的值：把 AdamW 的学习率、指数衰减率、eps 和权重衰减抄给 AdamWeightDecay；剩下的差别来自更新规则本身。",
  downloadHint: (size: string, compressed: string) =>
    `运行：第一次要从本站下载 Python 运行环境，共 ${size} MB（服务器压缩后约 ${compressed} MB），之后不再下载。`,
  readyHint: "运行：Python 运行环境已在内存中，不再下载。",
  status: {
    prepare: "正在准备……",
    download: "正在下载 Python……",
    start: "下载完毕，正在启动 Python 和 NumPy……",
    run: "正在运行两个优化器……",
    done: (seconds: string) => `运行完成，用时 ${seconds} 秒。`,
    stopped: "已停止。",
    rejected: "有输入不能用，见标红的输入框。",
    failed: "未能运行。",
  },
  sentence: (parts: string[]) => `${parts.join("；")}。`,
  progress: "下载进度",
  bytes: (done: string, total: string) => `${done} / ${total} MB`,
  needNumber: "请填一个有限的十进制数，例如 0.001。",
  failure: {
    missing: (file: string, status: number) => `服务器上没有 ${file}（HTTP ${status}），Python 无法启动。`,
    corrupt: (file: string) => `下载的 ${file} 不完整或已损坏（校验和不符），Python 没有启动。`,
    network: (file: string) => `下载 ${file} 时网络中断，请检查网络后重试。`,
    stalled: (file: string, seconds: number) =>
      `下载 ${file} 时有 ${seconds} 秒没有收到任何数据，请检查网络后重试。`,
    memory: "内存不够，Python 已停止。请减小设置（例如步数）后重试，Python 会重新启动。",
    python: (message: string) => `Python 报错：${message}`,
    worker: (message: string) => `后台线程出错：${message}`,
    recorded: "无法读取预先录制的轨迹，运行一次即可看到曲线。",
    configuration: "演练场的配置文件无法读取，请刷新页面重试。",
  },
  recorded: (versions: string, date: string) =>
    `图中是预先录制的真实运行：${versions}，录制于 ${date}。按“运行”后，换成浏览器中 NumPy 参考实现的结果。`,
  live: (version: string) =>
    `图中是刚才在你的浏览器里运行的 NumPy 参考实现（NumPy ${version}，Pyodide）的结果。`,
  stale: "设置已改动，图中仍是改动前的结果。",
  with: "图中所用：",
  chart: {
    loss: (problem: string) => `损失随步数的变化：${problem}`,
    trajectory: (problem: string) => `参数平面上的轨迹：${problem}`,
    distance: (problem: string) => `两条轨迹之间的距离：${problem}`,
    step: "步数 t",
    lossAxis: "损失（对数坐标）",
    lossAxisLinear: "损失",
    distanceAxis: "参数向量的欧氏距离（对数坐标）",
    start: "起点",
    minimum: "极小点",
    contours: "灰线是损失的等高线，相邻两条相差约 3.2 倍（10 的平方根）",
    lossSummary: (label: string, first: string, last: string, step: number) =>
      `${label}：损失从 ${first} 到第 ${step} 步的 ${last}`,
    positionSummary: (label: string, position: string) => `${label} 终点 ${position}`,
    distanceSummary: (last: string, step: number, largest: string) =>
      `第 ${step} 步相距 ${last}，最大时 ${largest}`,
    diverged: (label: string, step: number) => `${label} 在第 ${step} 步发散（出现非有限值），其后不再画出。`,
  },
  amplification: {
    betas: { beta1: "一阶矩的衰减率 β₁", beta2: "二阶矩的衰减率 β₂" },
    warmupSteps: "预热步数",
    calculate: "计算",
    downloadHint: (size: string, compressed: string) =>
      `第一次计算要从本站下载 Python 运行环境：${size} MB（服务器压缩后约 ${compressed} MB），之后不再下载。`,
    readyHint: "Python 运行环境已在内存中，计算时不再下载。",
    working: "正在计算……",
    done: "计算完成。",
    rejected: "有一项不能用，见对应的输入框。",
    failed: "未能计算。",
    recorded: (versions: string) =>
      `图中是实测值：${versions}，默认的 β，没有预热，两者更新量之比。按“计算”后，换成按所填数值算出的曲线。`,
    noRecorded: "无法读取预先录制的轨迹，计算一次即可看到曲线。",
    live: "图中是 Python 按闭式解算出的曲线：",
    title: "相对于设定峰值的有效学习率",
    axis: "有效学习率 / 设定峰值（对数坐标）",
    ratio: "放大倍数（不计预热）",
    peak: (value: string, step: number) => `放大倍数在第 ${step} 步最大，为 ${value} 倍`,
    effectivePeak: (value: string, step: number) =>
      `加上预热，有效学习率在第 ${step} 步最高，为设定峰值的 ${value} 倍`,
    hidden: (percent: string) => `预热掩盖了放大超出部分的 ${percent}%`,
    notHidden: "放大倍数从不超过 1，预热没有可掩盖的",
  },
};

export type Messages = typeof zh;
