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
  problems: {
    quadratic: "病态二次函数",
    rosenbrock: "Rosenbrock 函数",
    beale: "Beale 函数",
    noisy_quadratic: "带梯度噪声的二次函数",
    logistic_regression: "逻辑回归",
    constant_gradient: "恒定梯度",
  } as Record<string, string>,
  steps: "步数",
  stop: "停止",
  retry: "重试",
  status: {
    download: "正在下载 Python……",
    start: "下载完毕，正在启动 Python 和 NumPy……",
    run: "正在运行两个优化器……",
    stopped: "已停止。",
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
    configuration: "演练场的配置文件无法读取，请刷新页面重试。",
  },
  stale: "设置已改动，图中仍是改动前的结果。",
  chart: {
    step: "步数 t",
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
