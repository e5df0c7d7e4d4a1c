// The interface in Chinese: inspector. Its keys are the type that English has to fill.

export const inspector = {
  lines: {
    gradient: "梯度",
    learning_rate: "学习率",
    decayed: "衰减之后的参数",
    first_moment: "一阶矩估计",
    second_moment: "二阶矩估计",
    first_moment_corrected: "修正后的一阶矩",
    largest_second_moment: "最大的二阶矩",
    second_moment_corrected: "修正后的二阶矩",
    denominator: "分母",
    update: "更新量",
    parameter: "新的参数",
  } as Record<string, string>,
  component: "看哪个分量",
  step: (step: number, component: string) => `第 ${step} 步，${component}`,
  none: "第 0 步是起点，还没有更新。把步数滑块移到第 1 步以后再看。",
  waiting: "Python 准备好之后，这里逐行列出两边的公式和数字。",
  stale: "设置或步数刚刚改变，正在重算……",
  differs: "不同",
  own: "对方没有这一行",
  missing: "没有这一行",
  legend:
    "“不同”标出两边数值不一样的行；加底色的项是对方的公式里没有的。数值与参考实现逐位一致，包括每一步舍入。",
};
