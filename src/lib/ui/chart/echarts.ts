/** The parts of ECharts that the pages use, registered once. Loaded only where a chart is shown. */
import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
	AriaComponent,
	GridComponent,
	LegendComponent,
	MarkLineComponent,
	TooltipComponent,
	VisualMapComponent
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([
	AriaComponent,
	BarChart,
	GridComponent,
	HeatmapChart,
	LegendComponent,
	LineChart,
	MarkLineComponent,
	ScatterChart,
	SVGRenderer,
	TooltipComponent,
	VisualMapComponent
]);

export { init };
