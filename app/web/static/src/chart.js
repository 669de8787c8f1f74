// Charts: the figures come from the table beside the chart; this file only draws them.
import * as echarts from "echarts/core";
import { BarChart, CustomChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent, AriaComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, CustomChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function short(value, language) {
  const digits = { maximumFractionDigits: 1 };
  const units = language === "id" ? [[1e12, " T"], [1e9, " M"], [1e6, " jt"], [1e3, " rb"]] : [[1e12, " tn"], [1e9, " bn"], [1e6, " m"], [1e3, " k"]];
  for (const [size, word] of units) if (Math.abs(value) >= size) return (value / size).toLocaleString(language, digits) + word;
  return value.toLocaleString(language, digits);
}

function option(data, language, width) {
  const ink = colour("--ink"), faint = colour("--line"), bars = [colour("--chart-1"), colour("--chart-2"), colour("--chart-3"), colour("--chart-0")];
  const text = { color: ink, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
  const scale = 10 ** data.decimals;
  return {
    animation: false, // figures stand still, also while the window is resized or printed
    aria: { enabled: true, label: { description: data.title } },
    textStyle: text,
    color: bars,
    grid: { left: 8, right: 24, top: width < 560 ? 56 : 32, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: text, data: [...data.series.map((s) => s.name), { name: data.mark.name, icon: "rect", itemStyle: { color: ink } }] },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true, renderMode: "richText",
      valueFormatter: (v) => (v / scale).toLocaleString(language, { minimumFractionDigits: data.decimals }) },
    xAxis: { type: "value", min: 0, splitNumber: width < 560 ? 2 : 5, axisLabel: { ...text, formatter: (v) => short(v / scale, language) }, splitLine: { lineStyle: { color: faint } } },
    yAxis: { type: "category", inverse: true, data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: faint } },
      axisLabel: { ...text, width: Math.min(260, width / 3), overflow: "truncate" } },
    series: [...data.series.map((s) => ({ name: s.name, type: "bar", stack: "money", barMaxWidth: 18, data: s.values, emphasis: { focus: "series" } })), marks(data, ink)],
  };
}

// marks draws a thin line across each bar where its money would stand if it went with time.
function marks(data, ink) {
  return { name: data.mark.name, type: "custom", silent: true, z: 5, color: ink, data: data.mark.values.map((v, i) => [v, i]), tooltip: { show: false },
    renderItem: (_, api) => {
      const [x, y] = api.coord([api.value(0), api.value(1)]), half = Math.min(18, api.size([0, 1])[1]) / 2 + 3;
      return { type: "line", shape: { x1: x, x2: x, y1: y - half, y2: y + half }, style: { stroke: ink, lineWidth: 1.5 } };
    } };
}

// draw makes the chart of an element whose data-chart holds the figures as JSON.
export function draw(el) {
  const data = JSON.parse(el.dataset.chart);
  const chart = echarts.init(el, null, { renderer: "svg" });
  const paint = () => chart.setOption(option(data, document.documentElement.lang, el.clientWidth), true);
  paint();
  new ResizeObserver(() => { chart.resize(); paint(); }).observe(el);
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
}
