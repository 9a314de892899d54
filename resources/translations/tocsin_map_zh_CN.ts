<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tocsin::gui::MapView</name>
    <message>
        <source>Hot spots of reports</source>
        <translation>报告热点</translation>
    </message>
    <message>
        <source>Hot spot: %1 reports within %2, usual %3</source>
        <translation>热点：%2 范围内 %1 条报告，常态 %3</translation>
    </message>
    <message>
        <source>%1 reports</source>
        <comment>of a hot spot</comment>
        <translation>%1 条报告</translation>
    </message>
    <message>
        <source>on foot</source>
        <comment>a unit</comment>
        <translation>人员</translation>
    </message>
    <message>
        <source>vehicle</source>
        <comment>a unit</comment>
        <translation>车辆</translation>
    </message>
    <message>
        <source>boat or ship</source>
        <comment>a unit</comment>
        <translation>船只</translation>
    </message>
    <message>
        <source>aircraft</source>
        <comment>a unit</comment>
        <translation>航空器</translation>
    </message>
    <message>
        <source>other</source>
        <comment>a unit</comment>
        <translation>其他</translation>
    </message>
    <message>
        <source>Units in the field</source>
        <translation>现场单元</translation>
    </message>
    <message>
        <source>heard lately</source>
        <comment>units</comment>
        <translation>近期有信号</translation>
    </message>
    <message>
        <source>not heard for long</source>
        <comment>units</comment>
        <translation>久无信号</translation>
    </message>
    <message>
        <source>calling for help</source>
        <comment>units</comment>
        <translation>正在求救</translation>
    </message>
    <message>
        <source>%1 · %2 ago</source>
        <comment>a unit; how long since it told where it is</comment>
        <translation>%1 · %2前</translation>
    </message>
    <message>
        <source>%1 km/h</source>
        <translation>%1 公里/小时</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Earthquakes</source>
        <translation>地震</translation>
    </message>
    <message>
        <source>M %1</source>
        <comment>magnitude</comment>
        <translation>M %1</translation>
    </message>
    <message>
        <source>Earthquake</source>
        <translation>地震</translation>
    </message>
    <message>
        <source>%1 km deep</source>
        <translation>深 %1 km</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Whole county</source>
        <translation>全县范围</translation>
    </message>
    <message>
        <source>What the map shows</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Map over the whole window</source>
        <translation>地图全屏</translation>
    </message>
    <message>
        <source>Situation map</source>
        <translation>态势图</translation>
    </message>
    <message>
        <source>Open incident here</source>
        <translation>在此处新建事件</translation>
    </message>
    <message>
        <source>Centre the map here</source>
        <translation>以此处为中心</translation>
    </message>
    <message>
        <source>The base map cannot be drawn</source>
        <translation>无法绘制底图</translation>
    </message>
    <message>
        <source>No base map yet</source>
        <translation>尚无底图</translation>
    </message>
    <message>
        <source>Import one with: tocsin import osm FILE. The desk works without it.</source>
        <translation>请用命令导入：tocsin import osm 文件。没有底图也可以值守。</translation>
    </message>
    <message>
        <source>%1 km</source>
        <comment>scale bar</comment>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 m</source>
        <comment>scale bar</comment>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>© OpenStreetMap contributors</source>
        <translation>© OpenStreetMap 贡献者</translation>
    </message>
    <message>
        <source>EXERCISE</source>
        <translation>演 练</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路线</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>no reading</source>
        <translation>无读数</translation>
    </message>
    <message>
        <source>Teams on their way</source>
        <translation>途中队伍</translation>
    </message>
    <message>
        <source>team</source>
        <translation>队伍</translation>
    </message>
    <message>
        <source>arrived</source>
        <comment>a team at its place</comment>
        <translation>已到达</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a team; how long until it is there</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a warning&apos;s event, which says that it is one; its grade I to IV</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 warning %2</source>
        <comment>a warning&apos;s event; its grade I to IV</comment>
        <translation>%1预警 %2级</translation>
    </message>
    <message>
        <source>%1 · until %2</source>
        <translation>%1 · 至 %2</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <comment>state of alarms</comment>
        <translation>未确认</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <comment>state of alarms</comment>
        <translation>已确认</translation>
    </message>
    <message>
        <source>returned to normal</source>
        <comment>state of alarms</comment>
        <translation>已恢复正常</translation>
    </message>
    <message>
        <source>Area</source>
        <comment>drawing</comment>
        <translation>区域</translation>
    </message>
    <message>
        <source>Closure</source>
        <comment>drawing</comment>
        <translation>封闭</translation>
    </message>
    <message>
        <source>Pin</source>
        <comment>drawing</comment>
        <translation>标记点</translation>
    </message>
    <message>
        <source>Drawings and closures</source>
        <translation>标绘与封路</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>Density of reports</source>
        <translation>报告密度</translation>
    </message>
    <message>
        <source>Natural event · flood</source>
        <translation>自然事件 · 洪水</translation>
    </message>
    <message>
        <source>Fire incident</source>
        <translation>火灾事件</translation>
    </message>
    <message>
        <source>Natural event · landslide</source>
        <translation>自然事件 · 滑坡</translation>
    </message>
    <message>
        <source>Natural event · earthquake</source>
        <translation>自然事件 · 地震</translation>
    </message>
    <message>
        <source>Natural event · storm</source>
        <translation>自然事件 · 风暴</translation>
    </message>
    <message>
        <source>Transport incident</source>
        <translation>交通事故</translation>
    </message>
    <message>
        <source>Health incident</source>
        <translation>卫生事件</translation>
    </message>
    <message>
        <source>Civil disturbance or crime</source>
        <translation>社会治安事件</translation>
    </message>
    <message>
        <source>Hazardous material or other incident</source>
        <translation>危险品或其他事件</translation>
    </message>
    <message>
        <source>INCITS 415: %1</source>
        <translation>INCITS 415：%1</translation>
    </message>
    <message>
        <source>Choose what the map shows</source>
        <translation>选择地图显示的内容</translation>
    </message>
    <message>
        <source>Grave alarms not shown: %1</source>
        <translation>未显示的重大告警：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a base map; what is wrong with it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Put this away until something else is wrong</source>
        <translation>收起，直到出现其他问题</translation>
    </message>
    <message>
        <source>few</source>
        <comment>reports, on a density map</comment>
        <translation>少</translation>
    </message>
    <message>
        <source>many</source>
        <comment>reports, on a density map</comment>
        <translation>多</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>school</source>
        <translation>学校</translation>
    </message>
    <message>
        <source>kindergarten</source>
        <translation>幼儿园</translation>
    </message>
    <message>
        <source>hospital</source>
        <translation>医院</translation>
    </message>
    <message>
        <source>clinic</source>
        <translation>诊所</translation>
    </message>
    <message>
        <source>doctors</source>
        <translation>医生诊室</translation>
    </message>
    <message>
        <source>pharmacy</source>
        <translation>药店</translation>
    </message>
    <message>
        <source>care home</source>
        <translation>养老院</translation>
    </message>
    <message>
        <source>prison</source>
        <translation>监狱</translation>
    </message>
    <message>
        <source>fuel</source>
        <translation>加油站</translation>
    </message>
    <message>
        <source>dam</source>
        <translation>水坝</translation>
    </message>
    <message>
        <source>bridge</source>
        <translation>桥梁</translation>
    </message>
    <message>
        <source>power plant</source>
        <translation>发电厂</translation>
    </message>
    <message>
        <source>substation</source>
        <translation>变电站</translation>
    </message>
    <message>
        <source>siren</source>
        <translation>警报器</translation>
    </message>
    <message>
        <source>town hall</source>
        <translation>政府办公楼</translation>
    </message>
    <message>
        <source>community centre</source>
        <translation>社区中心</translation>
    </message>
    <message>
        <source>stadium</source>
        <translation>体育场</translation>
    </message>
    <message>
        <source>helipad</source>
        <translation>直升机停机坪</translation>
    </message>
    <message>
        <source>Protected objects</source>
        <translation>防护目标</translation>
    </message>
    <message>
        <source>Travel time</source>
        <translation>到达时间</translation>
    </message>
    <message>
        <source>reporting</source>
        <comment>sensors that send readings</comment>
        <translation>有数据</translation>
    </message>
    <message>
        <source>silent</source>
        <comment>sensors whose last reading is old, or none</comment>
        <translation>无数据</translation>
    </message>
    <message>
        <source>by road</source>
        <comment>teams</comment>
        <translation>陆路</translation>
    </message>
    <message>
        <source>by air</source>
        <comment>teams</comment>
        <translation>空中</translation>
    </message>
    <message>
        <source>%1 to go</source>
        <translation>还需 %1</translation>
    </message>
    <message>
        <source>set aside</source>
        <comment>state of alarms</comment>
        <translation>已搁开</translation>
    </message>
    <message>
        <source>nothing in common</source>
        <translation>无共同内容</translation>
    </message>
    <message>
        <source>If the next call comes now</source>
        <translation>若此刻再来警情</translation>
    </message>
    <message>
        <source>nobody</source>
        <comment>who could come</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 → %2 min</source>
        <comment>minutes before and after</comment>
        <translation>%1 → %2 分钟</translation>
    </message>
    <message>
        <source>%1: said %2 times, usual %3</source>
        <translation>%1：被提到 %2 次，平常 %3 次</translation>
    </message>
    <message>
        <source>%1 × %2 of its usual</source>
        <comment>a word, how many times</comment>
        <translation>%1：平常的 %2 倍</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>an earthquake, how long ago</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>position told %1</source>
        <comment>how long ago</comment>
        <translation>位置上报：%1</translation>
    </message>
    <message>
        <source>%1 by another way</source>
        <comment>how long</comment>
        <translation>改道 %1</translation>
    </message>
    <message>
        <source>way blocked</source>
        <translation>道路受阻</translation>
    </message>
</context>
</TS>
