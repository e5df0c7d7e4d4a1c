// The interface in Chinese: own_code. Its keys are the type that English has to fill.

export const ownCode = {
  intro:
    "代码在你的浏览器里、单独的线程中运行，不会发送出去；死循环可以随时停止。按“运行这段代码”或 Ctrl+Enter（macOS 上是 ⌘+Enter）才会运行。",
  tabs: "哪一段代码",
  loss: "损失函数",
  rule: (label: string) => `${label} 的更新规则`,
  own: "自己的",
  builtInLoss: "现在用的是上面选的目标函数。",
  builtInRule: "现在用的是内置的更新规则，与框架一致。",
  beginLoss: "写自己的损失函数",
  beginRule: "改一份更新规则",
  loading: "正在准备 Python……",
  lossHint:
    "定义 loss(w)，w 是一维 float64 数组；可以再定义 gradient(w)，不定义就用中心差分。NumPy 已导入为 np。",
  ruleHint:
    "返回新的 w、m、v。下面是内置规则的可读写法；改完运行，就会告诉你从第几步起与框架不再一致。NumPy 已导入为 np。",
  start: "起点（用逗号分开）",
  startMistake: "请填 1 到 16 个有限的十进制数，例如 0.5, -1。",
  removeLoss: "换回内置的目标函数",
  removeRule: "换回内置的更新规则",
  run: "运行这段代码",
  pending: "有改动还没有运行。",
  error: (name: string, message: string) => `${name}：${message}`,
  errorAt: (name: string, line: number, message: string) => `${name}，第 ${line} 行：${message}`,
  traceback: "调用栈",
  output: "打印的内容：",
  matches: (label: string, largest: string) =>
    `与 ${label} 一致：每一步最多相差 ${largest} 个末位单位（ULP），只是舍入误差。`,
  differs: (label: string, step: number, largest: string) =>
    `这份规则与 ${label} 不再一致：从第 ${step} 步起，最多相差 ${largest} 个末位单位（ULP），超出舍入误差。`,
};
