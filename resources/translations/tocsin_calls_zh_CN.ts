<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tocsin::gui::CallDesk</name>
    <message>
        <source>No call is unfinished.</source>
        <translation>没有未完成的来电。</translation>
    </message>
    <message>
        <source>Unfinished calls</source>
        <translation>未完成的来电</translation>
    </message>
    <message>
        <source>The desk is read-only: no call can be recorded.</source>
        <translation>值班台为只读：不能登记来电。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CallDialog</name>
    <message>
        <source>What you type cannot be kept on disk: %1</source>
        <translation>输入的内容无法存盘：%1</translation>
    </message>
    <message>
        <source>Call of %1</source>
        <translation>%1 的来电</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>Perhaps the same (Alt+S)</source>
        <translation>可能是同一件事（Alt+S）</translation>
    </message>
    <message>
        <source>The call is not recorded yet.</source>
        <translation>来电尚未登记。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续填写</translation>
    </message>
    <message>
        <source>Discard the call</source>
        <translation>丢弃这个来电</translation>
    </message>
    <message>
        <source>Keep as a draft</source>
        <translation>存为草稿</translation>
    </message>
    <message>
        <source>How long the call has been going on</source>
        <translation>通话已进行的时间</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Call · %1</source>
        <translation>来电 · %1</translation>
    </message>
    <message>
        <source>Record the call</source>
        <translation>登记来电</translation>
    </message>
    <message>
        <source>Record the call from %1</source>
        <translation>登记%1的来电</translation>
    </message>
    <message>
        <source>Record it as the same as %1</source>
        <translation>登记并归入 %1</translation>
    </message>
    <message>
        <source>Record and open an incident</source>
        <translation>登记并立为事件</translation>
    </message>
    <message>
        <source>Kept as a draft at %1</source>
        <translation>%1 已存为草稿</translation>
    </message>
    <message>
        <source>The call is kept as a draft: “Unfinished calls” brings it back.</source>
        <translation>来电已存为草稿：用“未完成的来电”可以找回。</translation>
    </message>
    <message>
        <source>The call is discarded.</source>
        <translation>来电已丢弃。</translation>
    </message>
    <message>
        <source>The desk did not say where the call is.</source>
        <translation>值班台没有说明来电存于何处。</translation>
    </message>
    <message>
        <source>The call is recorded.</source>
        <translation>来电已登记。</translation>
    </message>
    <message>
        <source>The call from %1 is recorded.</source>
        <translation>%1的来电已登记。</translation>
    </message>
    <message>
        <source>The call from %1 is about the same as %2</source>
        <translation>%1的来电与%2是同一件事</translation>
    </message>
    <message>
        <source>Record the changes</source>
        <translation>记录修改</translation>
    </message>
    <message>
        <source>The call is amended.</source>
        <translation>来电记录已修改。</translation>
    </message>
    <message>
        <source>Amend the call of %1</source>
        <translation>修改 %1 的来电记录</translation>
    </message>
    <message>
        <source>The changes are not recorded yet.</source>
        <translation>修改尚未记录。</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>The call stays as it was recorded.</source>
        <translation>来电记录保持不变。</translation>
    </message>
    <message>
        <source>The call is recorded as the same as %1.</source>
        <translation>来电已记录，与%1为同一件事。</translation>
    </message>
    <message>
        <source>The call is recorded and linked to the incident of %1.</source>
        <translation>来电已记录，并关联到%1所属的事件。</translation>
    </message>
    <message>
        <source>A call without a name or place is about the same as %1</source>
        <translation>一通没有姓名和地点的来电与%1是同一件事</translation>
    </message>
    <message>
        <source>The call is recorded. %1 belongs to no open incident: the duty log notes that both are the same.</source>
        <translation>来电已记录。%1不属于任何进行中的事件：值班日志已注明两者为同一件事。</translation>
    </message>
    <message>
        <source>The call is recorded, but not as the same as %1: %2</source>
        <translation>来电已记录，但未能与%1合并：%2</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CallForm</name>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>What</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>People</source>
        <translation>伤亡</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>死亡</translation>
    </message>
    <message>
        <source>injured</source>
        <translation>受伤</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>失踪</translation>
    </message>
    <message>
        <source>Happened</source>
        <translation>发生时间</translation>
    </message>
    <message>
        <source>Caller&apos;s phone</source>
        <translation>来电号码</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>Told already</source>
        <translation>已告知</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Measures taken</source>
        <translation>已采取措施</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>发展趋势</translation>
    </message>
    <message>
        <source>What happened, in the caller&apos;s words</source>
        <translation>来电人讲述的情况</translation>
    </message>
    <message>
        <source>In the caller&apos;s words</source>
        <translation>按来电人原话</translation>
    </message>
    <message>
        <source>Police, fire brigade, township office …</source>
        <translation>公安、消防、乡镇政府……</translation>
    </message>
    <message>
        <source>Village, company, school …</source>
        <translation>村、企业、学校……</translation>
    </message>
    <message>
        <source>Cause, course, measures, result, trend (Alt+M)</source>
        <translation>原因、经过、措施、结果、趋势（Alt+M）</translation>
    </message>
    <message>
        <source>as recorded, unless typed anew</source>
        <translation>保持原记录，除非重新填写</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CallQuestions</name>
    <message>
        <source>Is anybody trapped or in the water?</source>
        <translation>有人被困或落水吗？</translation>
    </message>
    <message>
        <source>Is the water rising? How deep, how fast?</source>
        <translation>水还在涨吗？多深、多快？</translation>
    </message>
    <message>
        <source>Is the water clear, or brown with sand?</source>
        <translation>水是清的，还是浑浊带沙？</translation>
    </message>
    <message>
        <source>Can one still get there by road?</source>
        <translation>路还能通到那里吗？</translation>
    </message>
    <message>
        <source>Is the power off in the house?</source>
        <translation>屋里断电了吗？</translation>
    </message>
    <message>
        <source>Is anybody still inside?</source>
        <translation>里面还有人吗？</translation>
    </message>
    <message>
        <source>What burns, and on which floor?</source>
        <translation>什么着火了，在几楼？</translation>
    </message>
    <message>
        <source>Are there gas bottles, chemicals or batteries?</source>
        <translation>有煤气罐、化学品或电池吗？</translation>
    </message>
    <message>
        <source>Is it spreading? Which way does the wind blow?</source>
        <translation>火在蔓延吗？风往哪边吹？</translation>
    </message>
    <message>
        <source>Everybody out, doors shut: is the caller safe?</source>
        <translation>人都出来、门关上：您安全吗？</translation>
    </message>
    <message>
        <source>Is anybody buried or cut off?</source>
        <translation>有人被埋或被隔断吗？</translation>
    </message>
    <message>
        <source>Is it still moving? Are there cracks above?</source>
        <translation>还在滑动吗？上方有裂缝吗？</translation>
    </message>
    <message>
        <source>Does it dam up a stream?</source>
        <translation>堵住河沟了吗？</translation>
    </message>
    <message>
        <source>Which road or house is hit, and how wide?</source>
        <translation>哪条路、哪座房受损，范围多大？</translation>
    </message>
    <message>
        <source>Is anybody trapped in a vehicle?</source>
        <translation>有人困在车里吗？</translation>
    </message>
    <message>
        <source>How many are hurt, and how badly?</source>
        <translation>几人受伤，伤势如何？</translation>
    </message>
    <message>
        <source>Is there fire, smoke or leaking fuel?</source>
        <translation>有火、烟或漏油吗？</translation>
    </message>
    <message>
        <source>Is there a lorry? An orange plate with numbers?</source>
        <translation>有货车吗？有带数字的橙色牌吗？</translation>
    </message>
    <message>
        <source>Which lane, which direction?</source>
        <translation>哪条车道，哪个方向？</translation>
    </message>
    <message>
        <source>Does the person breathe and answer?</source>
        <translation>伤者有呼吸、能应答吗？</translation>
    </message>
    <message>
        <source>Is there heavy bleeding?</source>
        <translation>出血严重吗？</translation>
    </message>
    <message>
        <source>How did it happen? Is the danger over?</source>
        <translation>怎么发生的？危险过去了吗？</translation>
    </message>
    <message>
        <source>Has an ambulance been called?</source>
        <translation>叫救护车了吗？</translation>
    </message>
    <message>
        <source>What is it? What stands on plate or label?</source>
        <translation>是什么物质？牌子或标签上写着什么？</translation>
    </message>
    <message>
        <source>Does anybody cough, or have burning eyes?</source>
        <translation>有人咳嗽或眼睛刺痛吗？</translation>
    </message>
    <message>
        <source>Is there a cloud? Which way does it drift?</source>
        <translation>有烟云吗？往哪边飘？</translation>
    </message>
    <message>
        <source>Does it run into water or a drain?</source>
        <translation>流进水体或下水道了吗？</translation>
    </message>
    <message>
        <source>Go upwind, no sparks: is the caller safe?</source>
        <translation>往上风走、不要有火花：您安全吗？</translation>
    </message>
    <message>
        <source>Is anybody hurt or trapped?</source>
        <translation>有人受伤或被困吗？</translation>
    </message>
    <message>
        <source>Are power lines down? Keep away.</source>
        <translation>电线落地了吗？请远离。</translation>
    </message>
    <message>
        <source>Is a road or railway blocked?</source>
        <translation>公路或铁路被堵了吗？</translation>
    </message>
    <message>
        <source>Can more fall: roof, tree, scaffold?</source>
        <translation>还会有东西掉下来吗：屋顶、树、脚手架？</translation>
    </message>
    <message>
        <source>Who? Age, clothes, health, medicines?</source>
        <translation>是谁？年龄、衣着、健康、用药？</translation>
    </message>
    <message>
        <source>Seen last where, when, going where?</source>
        <translation>最后在何地何时见到，要去哪里？</translation>
    </message>
    <message>
        <source>A phone with them? Its number?</source>
        <translation>带手机吗？号码多少？</translation>
    </message>
    <message>
        <source>Who is searching already?</source>
        <translation>已有谁在找？</translation>
    </message>
    <message>
        <source>What blocks the road? Both directions?</source>
        <translation>什么堵了路？双向都堵吗？</translation>
    </message>
    <message>
        <source>Is anybody stuck or hurt?</source>
        <translation>有人被困或受伤吗？</translation>
    </message>
    <message>
        <source>Can an ambulance get through?</source>
        <translation>救护车能通过吗？</translation>
    </message>
    <message>
        <source>Has anybody secured the place?</source>
        <translation>有人在现场警戒吗？</translation>
    </message>
    <message>
        <source>Where exactly? What is beside it?</source>
        <translation>具体在哪里？旁边有什么？</translation>
    </message>
    <message>
        <source>What number can we call back?</source>
        <translation>回拨哪个号码？</translation>
    </message>
    <message>
        <source>What has happened, and since when?</source>
        <translation>发生了什么，从何时开始？</translation>
    </message>
    <message>
        <source>Is anybody hurt or in danger?</source>
        <translation>有人受伤或有危险吗？</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CategoryRow</name>
    <message>
        <source>Category: 1 to 9 and 0</source>
        <translation>类别：按 1 至 9 和 0</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DraftsDialog</name>
    <message>
        <source>Unfinished calls</source>
        <translation>未完成的来电</translation>
    </message>
    <message>
        <source>These calls were not recorded when the desk ended. Nothing of them is lost.</source>
        <translation>值班台关闭时这些来电尚未登记。内容没有丢失。</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>以后再定</translation>
    </message>
    <message>
        <source>A call of %1 was not finished</source>
        <translation>%1 的来电没有完成</translation>
    </message>
    <message>
        <source>A call of %1 from %2 was not finished</source>
        <translation>%1 来自%2的来电没有完成</translation>
    </message>
    <message>
        <source>Continue the call</source>
        <translation>继续这个来电</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::HappenedField</name>
    <message>
        <source>3:05, or −20 for 20 min ago</source>
        <translation>如 3:05；−20 即 20 分钟前</translation>
    </message>
    <message>
        <source>as the call came</source>
        <translation>与来电同时</translation>
    </message>
    <message>
        <source>%1 before</source>
        <translation>来电前 %1</translation>
    </message>
    <message>
        <source>When it happened: Up and Down move it by a minute</source>
        <translation>发生时间：上下键每次一分钟</translation>
    </message>
    <message>
        <source>Up and Down: a minute; with Shift: ten; with Ctrl: an hour</source>
        <translation>上下键：一分钟；加 Shift：十分钟；加 Ctrl：一小时</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LikenessList</name>
    <message>
        <source>incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>report, %1</source>
        <translation>报告，%1</translation>
    </message>
    <message>
        <source>alarm</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>The same as %1: %2</source>
        <translation>与 %1 相同：%2</translation>
    </message>
    <message>
        <source>Perhaps %1: %2</source>
        <translation>可能是 %1：%2</translation>
    </message>
    <message>
        <source>%1 away</source>
        <translation>相距 %1</translation>
    </message>
    <message>
        <source>same name of the place</source>
        <translation>地名相同</translation>
    </message>
    <message>
        <source>same category</source>
        <translation>类别相同</translation>
    </message>
    <message>
        <source>in common: %1</source>
        <translation>共同词：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Nothing like it yet. What the desk has already and may be the same stands here as you type.</source>
        <translation>尚无相似的。输入时，值班台已有的、可能是同一件事的，会列在这里。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PickTool</name>
    <message>
        <source>Click where it is · Space or Enter: here, in the middle · Esc: back</source>
        <translation>点击所在位置 · 空格或回车：取地图中心 · Esc：返回</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PlaceField</name>
    <message>
        <source>coordinates, %1</source>
        <translation>坐标，%1</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>找到的地点</translation>
    </message>
    <message>
        <source>Name, street, kilometre or coordinates in any form</source>
        <translation>地名、街道、公里桩或任意形式的坐标</translation>
    </message>
    <message>
        <source>Not on the map yet: choose a place, or point at it (Alt+P)</source>
        <translation>尚未落到图上：请选择地点，或在图上指出（Alt+P）</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>所在地点</translation>
    </message>
    <message>
        <source>Where is it?</source>
        <translation>在哪里？</translation>
    </message>
    <message>
        <source>From the map</source>
        <translation>图上取点</translation>
    </message>
    <message>
        <source>Point at it on the map (Alt+P)</source>
        <translation>在图上指出（Alt+P）</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PlaceReportDialog</name>
    <message>
        <source>Where the report belongs</source>
        <translation>报告所属位置</translation>
    </message>
    <message>
        <source>Put the report here</source>
        <translation>将报告置于此处</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>未提供</translation>
    </message>
    <message>
        <source>Place, in the sender&apos;s words</source>
        <translation>报告人所述地点</translation>
    </message>
    <message>
        <source>Position, as the sender gave it</source>
        <translation>报告人给出的坐标</translation>
    </message>
    <message>
        <source>Position now</source>
        <translation>当前坐标</translation>
    </message>
    <message>
        <source>The sender gave</source>
        <translation>报告人原先给出</translation>
    </message>
    <message>
        <source>Placed by</source>
        <translation>定位人</translation>
    </message>
    <message>
        <source>The sender stood</source>
        <translation>报告人所在位置</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>who, when</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Yes, &amp;overwrite the position that stands: it is %1 from here</source>
        <translation>是，覆盖现有坐标（&amp;O）：距此处 %1</translation>
    </message>
</context>
</TS>
