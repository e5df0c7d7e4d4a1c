// The interface in Chinese: sweep. Its keys are the type that English has to fill.

type OfBoth = (left: string, right: string) => string;

export const sweep = {
  intro:
    "把两个超参数各取几十个值，所有组合作为一批一次算完，用颜色表示最后一步的结果；其余设置不变。点一格就载入那组设置。",
  x: "横轴",
  y: "纵轴",
  sides: "改哪一边",
  both: "两边一起",
  quantity: "颜色表示",
  quantities: {
    distance: (left, right) => `${left} 与 ${right} 的距离`,
    "loss.left": (left) => `${left} 的损失`,
    "loss.right": (_, right) => `${right} 的损失`,
    "loss.ratio": (left, right) => `损失之比 ${right} / ${left}`,
  } as Record<"distance" | "loss.left" | "loss.right" | "loss.ratio", OfBoth>,
  run: "扫描",
  running: "正在计算……",
  at: (x: string, xValue: string, y: string, yValue: string, quantity: string, value: string) =>
    `${x} = ${xValue}，${y} = ${yValue}：${quantity} ${value}`,
  pick: "载入这组设置",
  picked: (x: string, y: string) => `已载入 ${x}，${y}`,
  title: (quantity: string, x: string, y: string, steps: number, size: string) =>
    `第 ${steps} 步，${quantity}随 ${x} 与 ${y} 的变化（${size} 组设置）`,
  range: (quantity: string, least: string, leastAt: string, most: string, mostAt: string) =>
    `${quantity}最小 ${least}（${leastAt}），最大 ${most}（${mostAt}）。方框是正在看的一格；两边取值相同时，圆圈是当前设置。`,
  place: (x: string, y: string) => `${x}，${y}`,
  broken: (count: number, total: number) => `画斜线的 ${count} 格（共 ${total} 格）是 NaN 或无穷大。`,
  caption: "热图上的数值，按行列抽取",
  ofBuiltIn: "热图用的是内置的目标函数和更新规则，不是你的代码。",
};
