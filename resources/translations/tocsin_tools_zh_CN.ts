<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tocsin::gui::DrawBoard</name>
    <message>
        <source>Nothing can be drawn on the past: go back to now first.</source>
        <translation>不能在历史画面上绘制：请先回到当前时刻。</translation>
    </message>
    <message>
        <source>The desk is read-only: nothing can be drawn.</source>
        <translation>值班台为只读：不能绘制。</translation>
    </message>
    <message>
        <source>%1 is closed: routes now avoid it.</source>
        <translation>%1已封闭：路线即刻绕行。</translation>
    </message>
    <message>
        <source>%1 is on the map.</source>
        <translation>%1已在图上。</translation>
    </message>
    <message>
        <source>%1 is changed.</source>
        <translation>%1已修改。</translation>
    </message>
    <message>
        <source>%1 is open again: routes may use it.</source>
        <translation>%1已恢复通行：路线可以经过。</translation>
    </message>
    <message>
        <source>%1 is removed.</source>
        <translation>%1已移除。</translation>
    </message>
    <message>
        <source>Draw an area</source>
        <translation>绘制区域</translation>
    </message>
    <message>
        <source>Click its corners, or Space for the map&apos;s middle</source>
        <translation>逐点点击边角，或按空格取地图中心</translation>
    </message>
    <message>
        <source>Enter or the first point ends · Backspace takes one back</source>
        <translation>回车或点回起点结束 · 退格撤回一点</translation>
    </message>
    <message>
        <source>Close a road</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>Click on the road, or Space for the map&apos;s middle</source>
        <translation>点击道路，或按空格取地图中心</translation>
    </message>
    <message>
        <source>Enter closes the road here · more clicks draw a line or a ring</source>
        <translation>回车即封闭此处道路 · 继续点击可画线或圈</translation>
    </message>
    <message>
        <source>Enter ends · the first point makes a ring · Backspace takes one back</source>
        <translation>回车结束 · 点回起点成圈 · 退格撤回一点</translation>
    </message>
    <message>
        <source>Drop a pin</source>
        <translation>放置图钉</translation>
    </message>
    <message>
        <source>Click where it belongs, or Space for the map&apos;s middle</source>
        <translation>点击位置，或按空格取地图中心</translation>
    </message>
    <message>
        <source>The point can still be dragged</source>
        <translation>该点仍可拖动</translation>
    </message>
    <message>
        <source>Points can still be dragged · a side&apos;s middle makes a new one</source>
        <translation>各点仍可拖动 · 拖动边的中点可加点</translation>
    </message>
    <message>
        <source>Draw nothing</source>
        <translation>放弃绘制</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Change %1 …</source>
        <translation>修改%1…</translation>
    </message>
    <message>
        <source>Open %1 again</source>
        <translation>恢复%1通行</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除%1</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DrawForm</name>
    <message>
        <source>as it is: until %1</source>
        <translation>保持不变：至 %1</translation>
    </message>
    <message>
        <source>until it is removed</source>
        <translation>直到移除</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours from now</comment>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days from now</comment>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 · until %2</source>
        <comment>how long, then the moment</comment>
        <translation>%1 · 至 %2</translation>
    </message>
    <message>
        <source>New area</source>
        <translation>新区域</translation>
    </message>
    <message>
        <source>Change the area</source>
        <translation>修改区域</translation>
    </message>
    <message>
        <source>Keep this area</source>
        <translation>保存此区域</translation>
    </message>
    <message>
        <source>Save this area</source>
        <translation>保存区域修改</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Close a road</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>Change the closure</source>
        <translation>修改封闭</translation>
    </message>
    <message>
        <source>Close this road</source>
        <translation>封闭此路</translation>
    </message>
    <message>
        <source>Save this closure</source>
        <translation>保存封闭修改</translation>
    </message>
    <message>
        <source>Road closed</source>
        <translation>道路封闭</translation>
    </message>
    <message>
        <source>Routes avoid it from this moment.</source>
        <translation>路线从此刻起绕行。</translation>
    </message>
    <message>
        <source>New pin</source>
        <translation>新图钉</translation>
    </message>
    <message>
        <source>Change the pin</source>
        <translation>修改图钉</translation>
    </message>
    <message>
        <source>Drop pin</source>
        <translation>放置图钉</translation>
    </message>
    <message>
        <source>Save this pin</source>
        <translation>保存图钉修改</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>图钉</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>to everybody</source>
        <translation>禁止所有通行</translation>
    </message>
    <message>
        <source>flooded: to who cannot ford it</source>
        <translation>积水：涉水能力不足者禁行</translation>
    </message>
    <message>
        <source>to heavier vehicles</source>
        <translation>限重</translation>
    </message>
    <message>
        <source> m deep</source>
        <translation> 米深</translation>
    </message>
    <message>
        <source> t at most</source>
        <translation> 吨以下可过</translation>
    </message>
    <message>
        <source>Depth of the water</source>
        <translation>水深</translation>
    </message>
    <message>
        <source>Heaviest that may pass</source>
        <translation>可通行的最大重量</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>封闭范围</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ExportDialog</name>
    <message>
        <source>Save the %1</source>
        <comment>PNG, SVG or PDF</comment>
        <translation>保存 %1</translation>
    </message>
    <message>
        <source>Where to save the map</source>
        <translation>地图保存位置</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>文件夹 %1 不存在。</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>The picture cannot be made: %1.</source>
        <translation>无法生成图片：%1。</translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>Print the map</source>
        <translation>打印地图</translation>
    </message>
    <message>
        <source>The page is with the printer.</source>
        <translation>页面已送往打印机。</translation>
    </message>
    <message>
        <source>The page cannot be printed: %1.</source>
        <translation>无法打印：%1。</translation>
    </message>
    <message>
        <source>Picture of the map</source>
        <translation>地图出图</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>PNG · a picture</source>
        <translation>PNG · 图片</translation>
    </message>
    <message>
        <source>SVG · to be drawn on</source>
        <translation>SVG · 矢量图，可再编辑</translation>
    </message>
    <message>
        <source>PDF · a page</source>
        <translation>PDF · 页面</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>as on the screen</source>
        <translation>与屏幕相同</translation>
    </message>
    <message>
        <source>%1 times as sharp</source>
        <translation>清晰度 %1 倍</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>Legend of what is seen</source>
        <translation>可见内容的图例</translation>
    </message>
    <message>
        <source>Scale, north, time and sources</source>
        <translation>比例尺、指北针、时间与来源</translation>
    </message>
    <message>
        <source>Use the light look: better on paper</source>
        <translation>改用浅色外观：更适合打印</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LayerRow</name>
    <message>
        <source>Strength</source>
        <translation>浓淡</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>States</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Show all of this layer</source>
        <translation>显示本图层全部</translation>
    </message>
    <message>
        <source>every grade</source>
        <translation>所有等级</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>仅 %1</translation>
    </message>
    <message>
        <source>%1 and graver</source>
        <translation>%1 及更严重</translation>
    </message>
    <message>
        <source>any age</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>newer than %1 h</source>
        <translation>%1 小时内</translation>
    </message>
    <message>
        <source>newer than %1 d</source>
        <translation>%1 天内</translation>
    </message>
    <message>
        <source>in view / in all</source>
        <translation>视野内 / 总数</translation>
    </message>
    <message>
        <source>Less of %1</source>
        <translation>收起“%1”</translation>
    </message>
    <message>
        <source>Strength and filter of %1</source>
        <translation>“%1”的浓淡与筛选</translation>
    </message>
    <message>
        <source>Drag to change the order, or Alt+Up and Alt+Down</source>
        <translation>拖动调整顺序，或按 Alt+↑、Alt+↓</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LayersPanel</name>
    <message>
        <source>A filter hides some of: %1</source>
        <translation>筛选隐藏了部分内容：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>The county&apos;s own map</source>
        <translation>本县底图</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>What the map shows</source>
        <translation>地图显示内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Base map</source>
        <translation>底图</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LegendPage</name>
    <message>
        <source>Units in the field</source>
        <translation>现场单元</translation>
    </message>
    <message>
        <source>Tells where it is and where it goes</source>
        <translation>报告位置和去向</translation>
    </message>
    <message>
        <source>One of our resources</source>
        <translation>我方资源</translation>
    </message>
    <message>
        <source>Not heard for long, with its age</source>
        <translation>久无信号，标出时长</translation>
    </message>
    <message>
        <source>Calls for help</source>
        <translation>求救</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Its hazard, its grade&apos;s colour</source>
        <translation>灾种图标，等级颜色与形状</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Wants acknowledgement</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>群众报告</translation>
    </message>
    <message>
        <source>Not yet verified</source>
        <translation>未核实</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已核实</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>监测站</translation>
    </message>
    <message>
        <source>Its value and trend beside it</source>
        <translation>监测站，旁注数值与趋势</translation>
    </message>
    <message>
        <source>Over a limit, as the alarm</source>
        <translation>超限：取告警颜色</translation>
    </message>
    <message>
        <source>Silent for long, with its age</source>
        <translation>长时间无数据：灰色，旁注时长</translation>
    </message>
    <message>
        <source>Earthquakes</source>
        <translation>地震</translation>
    </message>
    <message>
        <source>The larger, the stronger</source>
        <translation>地震，越大越强</translation>
    </message>
    <message>
        <source>Teams on their way</source>
        <translation>途中队伍</translation>
    </message>
    <message>
        <source>Points where it goes</source>
        <translation>队伍，箭头指向行进方向</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路线</translation>
    </message>
    <message>
        <source>Way ahead</source>
        <translation>前方路线</translation>
    </message>
    <message>
        <source>Proposed, not yet sent</source>
        <translation>推荐，尚未派出</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>Warning %1</source>
        <comment>numeral and colour</comment>
        <translation>预警 %1</translation>
    </message>
    <message>
        <source>Drawn here</source>
        <translation>本台绘制</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Closed: routes avoid it</source>
        <translation>封闭：路线绕行</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>图钉</translation>
    </message>
    <message>
        <source>To be protected</source>
        <translation>防护目标</translation>
    </message>
    <message>
        <source>School, dam, bridge …</source>
        <translation>学校、水坝、桥梁等</translation>
    </message>
    <message>
        <source>Heat of reports</source>
        <translation>报告热力</translation>
    </message>
    <message>
        <source>The brighter, the more reports</source>
        <translation>颜色越浓，报告越多</translation>
    </message>
    <message>
        <source>Reach by road</source>
        <translation>道路可达</translation>
    </message>
    <message>
        <source>within %1 min</source>
        <translation>%1 分钟内</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Normal again, not acknowledged</source>
        <translation>已恢复正常，未确认</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Shelved, suppressed or out of service</source>
        <translation>搁置、抑制或停用</translation>
    </message>
    <message>
        <source>Hot spots of reports</source>
        <translation>报告热点</translation>
    </message>
    <message>
        <source>More is reported there than usual; the heavier the ring, the stronger</source>
        <translation>该处报告多于常态；圈线越粗越显著</translation>
    </message>
    <message>
        <source>If the next call comes now</source>
        <translation>若此刻再来警情</translation>
    </message>
    <message>
        <source>Help can be there in time</source>
        <translation>救援可及时到达</translation>
    </message>
    <message>
        <source>Later than before the plan</source>
        <translation>比方案前更晚到达</translation>
    </message>
    <message>
        <source>Has lost its cover</source>
        <translation>失去覆盖</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::MapDesk</name>
    <message>
        <source>What the map shows: layers and filters</source>
        <translation>地图显示内容：图层与筛选</translation>
    </message>
    <message>
        <source>Legend of the map</source>
        <translation>地图图例</translation>
    </message>
    <message>
        <source>Measure a distance</source>
        <translation>测量距离</translation>
    </message>
    <message>
        <source>Measure an area</source>
        <translation>测量面积</translation>
    </message>
    <message>
        <source>Draw an area</source>
        <translation>绘制区域</translation>
    </message>
    <message>
        <source>Close a road</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>Drop a pin</source>
        <translation>放置图钉</translation>
    </message>
    <message>
        <source>Change the selected drawing</source>
        <translation>修改选中的绘图</translation>
    </message>
    <message>
        <source>Select a drawing on the map first.</source>
        <translation>请先在地图上选中一个绘图。</translation>
    </message>
    <message>
        <source>Remove the selected drawing</source>
        <translation>移除选中的绘图</translation>
    </message>
    <message>
        <source>What is in the middle of the map</source>
        <translation>查询地图中心</translation>
    </message>
    <message>
        <source>Who can be at the selected incident in 5, 10, 15 min</source>
        <translation>谁能在 5、10、15 分钟内到达选中事件</translation>
    </message>
    <message>
        <source>Select an incident first (F3).</source>
        <translation>请先选中一个事件（F3）。</translation>
    </message>
    <message>
        <source>Who can be in the middle of the map in 5, 10, 15 min</source>
        <translation>谁能在 5、10、15 分钟内到达地图中心</translation>
    </message>
    <message>
        <source>Where available units can be in 5, 10, 15 min</source>
        <translation>可用队伍 5、10、15 分钟内的覆盖范围</translation>
    </message>
    <message>
        <source>Show no more who can be where</source>
        <translation>关闭可达显示</translation>
    </message>
    <message>
        <source>Save a picture of the map</source>
        <translation>保存地图图片</translation>
    </message>
    <message>
        <source>Print the map</source>
        <translation>打印地图</translation>
    </message>
    <message>
        <source>Go to view %1: %2</source>
        <translation>转到视图 %1：%2</translation>
    </message>
    <message>
        <source>Go to view %1</source>
        <translation>转到视图 %1</translation>
    </message>
    <message>
        <source>Keep this as view %1</source>
        <translation>存为视图 %1</translation>
    </message>
    <message>
        <source>What is here</source>
        <translation>这里有什么</translation>
    </message>
    <message>
        <source>Who can be here in 5, 10, 15 min</source>
        <translation>谁能在 5、10、15 分钟内到此</translation>
    </message>
    <message>
        <source>Measure from here</source>
        <translation>从此处测量</translation>
    </message>
    <message>
        <source>Close the road here …</source>
        <translation>封闭此处道路…</translation>
    </message>
    <message>
        <source>Drop a pin here …</source>
        <translation>在此放置图钉…</translation>
    </message>
    <message>
        <source>Copy coordinates as</source>
        <translation>复制坐标</translation>
    </message>
    <message>
        <source>The map is saved: %1</source>
        <translation>地图已保存：%1</translation>
    </message>
    <message>
        <source>View %1</source>
        <translation>视图 %1</translation>
    </message>
    <message>
        <source>Kept as view %1: Ctrl+%1 comes back here.</source>
        <translation>已存为视图 %1：按 Ctrl+%1 回到此处。</translation>
    </message>
    <message>
        <source>There is no view %1 yet: Ctrl+Shift+%1 keeps what you see.</source>
        <translation>尚无视图 %1：按 Ctrl+Shift+%1 保存当前所见。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::MapSheet</name>
    <message>
        <source>EXERCISE</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>No base map</source>
        <translation>无底图</translation>
    </message>
    <message>
        <source>Sources: %1 · made with Tocsin</source>
        <translation>来源：%1 · 由警钟制作</translation>
    </message>
    <message>
        <source>N</source>
        <comment>north, on the arrow</comment>
        <translation>北</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::MeasureBar</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Keep as an area …</source>
        <translation>存为区域…</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>结束测量</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Click to measure anew</source>
        <translation>点击重新测量</translation>
    </message>
    <message>
        <source>Click on the map, or Space for its middle</source>
        <translation>点击地图，或按空格取地图中心</translation>
    </message>
    <message>
        <source>Click the next point · Backspace takes one back</source>
        <translation>点击下一点 · 退格撤回一点</translation>
    </message>
    <message>
        <source>Double click or Enter ends · Backspace takes one back</source>
        <translation>双击或回车结束 · 退格撤回一点</translation>
    </message>
    <message>
        <source>Measure an area</source>
        <translation>测量面积</translation>
    </message>
    <message>
        <source>Measure a distance</source>
        <translation>测量距离</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::MeasureTool</name>
    <message>
        <source>edge %1</source>
        <comment>perimeter</comment>
        <translation>周长 %1</translation>
    </message>
    <message>
        <source>last part %1 · %2</source>
        <comment>distance, bearing</comment>
        <translation>末段 %1 · %2</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::Measures</name>
    <message>
        <source>%1 m</source>
        <comment>metres</comment>
        <translation>%1 米</translation>
    </message>
    <message>
        <source>%1 km</source>
        <comment>kilometres</comment>
        <translation>%1 公里</translation>
    </message>
    <message>
        <source>%1 m²</source>
        <comment>square metres</comment>
        <translation>%1 平方米</translation>
    </message>
    <message>
        <source>%1 ha</source>
        <comment>hectares</comment>
        <translation>%1 公顷</translation>
    </message>
    <message>
        <source>%1 km²</source>
        <comment>square kilometres</comment>
        <translation>%1 平方公里</translation>
    </message>
    <message>
        <source>N</source>
        <translation>北</translation>
    </message>
    <message>
        <source>NE</source>
        <translation>东北</translation>
    </message>
    <message>
        <source>E</source>
        <translation>东</translation>
    </message>
    <message>
        <source>SE</source>
        <translation>东南</translation>
    </message>
    <message>
        <source>S</source>
        <translation>南</translation>
    </message>
    <message>
        <source>SW</source>
        <translation>西南</translation>
    </message>
    <message>
        <source>W</source>
        <translation>西</translation>
    </message>
    <message>
        <source>NW</source>
        <translation>西北</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PlaceCard</name>
    <message>
        <source>Decimal</source>
        <translation>十进制度</translation>
    </message>
    <message>
        <source>Degrees and minutes</source>
        <translation>度分秒</translation>
    </message>
    <message>
        <source>UTM</source>
        <translation>UTM</translation>
    </message>
    <message>
        <source>MGRS</source>
        <translation>MGRS</translation>
    </message>
    <message>
        <source>GCJ-02 (Amap)</source>
        <translation>GCJ-02（高德）</translation>
    </message>
    <message>
        <source>BD-09 (Baidu)</source>
        <translation>BD-09（百度）</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>%1, here in %2</source>
        <translation>%1，%2到此</translation>
    </message>
    <message>
        <source>%1 · %2 by road</source>
        <comment>resource, distance</comment>
        <translation>%1 · 路程 %2</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>This place</source>
        <translation>此处</translation>
    </message>
    <message>
        <source>Elevation</source>
        <translation>海拔</translation>
    </message>
    <message>
        <source>asking …</source>
        <translation>查询中…</translation>
    </message>
    <message>
        <source>%1 m above the sea</source>
        <translation>%1 米</translation>
    </message>
    <message>
        <source>Within 500 m</source>
        <translation>500 米内人口</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 人</translation>
    </message>
    <message>
        <source>From %1</source>
        <comment>an incident</comment>
        <translation>距%1</translation>
    </message>
    <message>
        <source>First here</source>
        <translation>最先可到</translation>
    </message>
    <message>
        <source>Reckoning ways …</source>
        <translation>正在计算路线…</translation>
    </message>
    <message>
        <source>No available unit can come by road.</source>
        <translation>没有可用队伍能由道路到达。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>object, distance</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>To be protected</source>
        <translation>防护目标</translation>
    </message>
    <message>
        <source>What is here: %1</source>
        <translation>这里有什么：%1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Click to copy</source>
        <translation>点击复制</translation>
    </message>
    <message>
        <source>Copy the coordinates</source>
        <translation>复制坐标</translation>
    </message>
    <message>
        <source>Open an incident here</source>
        <translation>在此新建事件</translation>
    </message>
    <message>
        <source>Drop a pin</source>
        <translation>放置图钉</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Measure from here</source>
        <translation>从此处测量</translation>
    </message>
    <message>
        <source>Who can be here in 5, 10, 15 min</source>
        <translation>谁能在 5、10、15 分钟内到此</translation>
    </message>
    <message>
        <source>Copy coordinates as</source>
        <translation>复制坐标</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ReachBoard</name>
    <message>
        <source>%1 · %2 · %3 min</source>
        <translation>%1 · %2 · %3 分钟</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>时间分段</translation>
    </message>
    <message>
        <source>every unit</source>
        <translation>所有队伍</translation>
    </message>
    <message>
        <source>Capability</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Who can be at %1</source>
        <translation>谁能到达 %1</translation>
    </message>
    <message>
        <source>Roads by the time to drive from them to the place, closures kept off</source>
        <translation>按驶抵该处的时间着色，已避开封闭道路</translation>
    </message>
    <message>
        <source>No road leads there.</source>
        <translation>没有道路通往该处。</translation>
    </message>
    <message>
        <source>Where units can be</source>
        <translation>队伍覆盖范围</translation>
    </message>
    <message>
        <source>1 available unit, by the roads that are open</source>
        <translation>1 支可用队伍，经开放道路</translation>
    </message>
    <message>
        <source>%1 available units, by the roads that are open</source>
        <translation>%1 支可用队伍，经开放道路</translation>
    </message>
    <message>
        <source>No such unit is available.</source>
        <translation>没有此类可用队伍。</translation>
    </message>
    <message>
        <source>Reckoning ways …</source>
        <translation>正在计算路线…</translation>
    </message>
    <message>
        <source>Show no more</source>
        <translation>不再显示</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ViewsPage</name>
    <message>
        <source>A view keeps the place, how near, the layers and the base map. Ctrl+1 goes to the first, Ctrl+Shift+1 keeps what you see there.</source>
        <translation>视图记住位置、远近、图层与底图。Ctrl+1 转到第一个，Ctrl+Shift+1 把当前所见存到那里。</translation>
    </message>
    <message>
        <source>Keep what is seen now</source>
        <translation>保存当前所见</translation>
    </message>
    <message>
        <source>Keep what is seen now as view %1</source>
        <translation>把当前所见存为视图 %1</translation>
    </message>
    <message>
        <source>Name of view %1</source>
        <translation>视图 %1 的名称</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Go to view %1, %2</source>
        <translation>转到视图 %1，%2</translation>
    </message>
    <message>
        <source>Keep what is seen now in its place</source>
        <translation>用当前所见替换</translation>
    </message>
    <message>
        <source>Forget view %1</source>
        <translation>删除视图 %1</translation>
    </message>
</context>
</TS>
