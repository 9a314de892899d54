<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tocsin::gui::MapView</name>
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
        <source>%1 · %2 ago</source>
        <translation>%1 · %2前</translation>
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
        <source>Copy coordinates</source>
        <translation>复制坐标</translation>
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
        <translation>上报</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message numerus="yes">
        <source>%n resources here</source>
        <translation><numerusform>此处 %n 个资源</numerusform></translation>
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
</context>
</TS>
