// What the marks, their panel and the evidence page say, in Chinese; the other language fills the same keys.

export const zh = {
  /** The name of a mark. */
  mark: (words: string) => `依据：${words}`,
  title: "依据",
  close: "关闭",
  loading: "正在读取依据……",
  failed: "依据数据无法读取，请检查网络后再按一次。",
  unknown: "没有找到这一处的依据。",
  measured: "实测",
  expected: "预期",
  colon: "：",
  statement: "论断",
  how: "测法",
  verdict: "结论",
  verdicts: {
    holds: "成立",
    fails: "不成立",
    skipped: "跳过",
    error: "出错",
    timeout: "超时",
    crashed: "崩溃",
  } as Record<string, string>,
  versions: "版本",
  device: (name: string) => `设备 ${name}`,
  date: (day: string) => `测于 ${day}`,
  check: "检查的源码",
  traces: "来源文件",
  all: "在依据页查看",
  list: {
    filter: "筛选",
    category: "类别",
    verdict: "结论",
    every: "全部",
    text: "包含文字",
    textHint: "论断、编号、测量项",
    reset: "清除筛选",
    count: (shown: number, total: number) => `显示 ${shown} 条，共 ${total} 条。`,
    none: "没有符合条件的论断。",
  },
};

export type Messages = typeof zh;
