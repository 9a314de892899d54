<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>DutyLog</name>
    <message>
        <source>Write a note, Enter puts it into the log</source>
        <translation>写备注，回车记入日志</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>筛选日志</translation>
    </message>
</context>
<context>
    <name>NeedsEditor</name>
    <message>
        <source>Needs</source>
        <translation>需求</translation>
    </message>
    <message>
        <source>Level 1 is basic, 3 is heavy. Who is on the way already counts.</source>
        <translation>1 级为基本，3 级为重型。已在途的队伍计算在内。</translation>
    </message>
    <message>
        <source>Add a need</source>
        <translation>添加需求</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Set these needs</source>
        <translation>设定这些需求</translation>
    </message>
</context>
<context>
    <name>NewIncidentDialog</name>
    <message>
        <source>New incident</source>
        <translation>新建事件</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>发生了什么(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Hazard</source>
        <translation>灾种(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Class</source>
        <translation>类别(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Grade</source>
        <translation>等级(&amp;G)</translation>
    </message>
    <message>
        <source>Posi&amp;tion</source>
        <translation>坐标(&amp;T)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open this incident</source>
        <translation>建立此事件</translation>
    </message>
    <message>
        <source>P&amp;lace</source>
        <translation>地点(&amp;L)</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>Reason; it goes into the duty log</source>
        <translation>理由（记入值班日志）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::AlarmActs</name>
    <message>
        <source>Not shown among the alarms and without sound until somebody puts them back. They stay counted, and are found under “set aside”.</source>
        <translation>在有人恢复之前不列入告警、不发声。仍计入总数，可在“已搁开”中找到。</translation>
    </message>
    <message>
        <source>Acknowledge %1</source>
        <translation>确认 %1</translation>
    </message>
    <message>
        <source>Open incident from %1</source>
        <translation>由 %1 立为事件</translation>
    </message>
    <message>
        <source>Shelve %1…</source>
        <translation>搁置 %1…</translation>
    </message>
    <message>
        <source>Bring back %1</source>
        <translation>恢复 %1</translation>
    </message>
    <message>
        <source>Take %1 out of service</source>
        <translation>停用 %1</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>复位 %1</translation>
    </message>
    <message>
        <source>Hand over %1…</source>
        <translation>移交 %1…</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Open incident</source>
        <translation>立为事件</translation>
    </message>
    <message>
        <source>Shelve…</source>
        <translation>搁置…</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Out of service…</source>
        <translation>停用…</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>复位</translation>
    </message>
    <message>
        <source>Hand over…</source>
        <translation>移交…</translation>
    </message>
    <message>
        <source>Go to incident</source>
        <translation>转到事件</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Nothing can be done with it now</source>
        <translation>目前没有可做的操作</translation>
    </message>
    <message>
        <source>Link %1 to an incident…</source>
        <translation>将 %1 关联到事件…</translation>
    </message>
    <message>
        <source>Link…</source>
        <translation>关联…</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::AlarmFaces</name>
    <message>
        <source>%1 → %2</source>
        <comment>state, to whom it was handed</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 old</source>
        <translation>已有 %1</translation>
    </message>
    <message>
        <source>made louder %1 times: nobody has acknowledged it</source>
        <translation>已升级 %1 次：无人确认</translation>
    </message>
    <message>
        <source>handed to %1</source>
        <translation>已移交 %1</translation>
    </message>
    <message>
        <source>Back to normal, not yet acknowledged</source>
        <translation>已恢复正常 待确认</translation>
    </message>
    <message>
        <source>Latched: R resets it</source>
        <translation>已锁存：按 R 复位</translation>
    </message>
    <message>
        <source>Back to normal, latched: R resets it</source>
        <translation>已恢复正常，锁存中：按 R 复位</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>限值 %1</translation>
    </message>
    <message>
        <source>limit at %1 ± %2</source>
        <translation>%1 ± %2 到限值</translation>
    </message>
    <message>
        <source>comes and goes</source>
        <translation>时有时无</translation>
    </message>
    <message>
        <source>muted by design</source>
        <translation>按设计抑制</translation>
    </message>
    <message>
        <source>muted by %1</source>
        <translation>因 %1 而抑制</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>time until an alarm comes back</comment>
        <translation>还剩 %1</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>suppressed</source>
        <translation>抑制</translation>
    </message>
    <message>
        <source>out of service</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Its condition holds now</source>
        <translation>条件目前仍成立</translation>
    </message>
    <message>
        <source>Its condition is gone</source>
        <translation>条件已消失</translation>
    </message>
    <message>
        <source>All others: %1</source>
        <translation>其余：%1</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 米</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 千米</translation>
    </message>
    <message>
        <source>within %1</source>
        <translation>%1 范围内</translation>
    </message>
    <message>
        <source>within %1 of %2</source>
        <comment>distance, place</comment>
        <translation>%2 周围 %1</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>number, state of alarms</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>mutes %1 that follow from it</source>
        <translation>抑制由此引起的 %1 条</translation>
    </message>
    <message>
        <source>%1 set aside</source>
        <translation>搁开 %1</translation>
    </message>
    <message>
        <source>first: %1</source>
        <comment>alarm</comment>
        <translation>首发：%1</translation>
    </message>
    <message>
        <source>%1: a group of %2</source>
        <comment>title, alarms</comment>
        <translation>%1：一组 %2</translation>
    </message>
    <message>
        <source>%1 unacknowledged</source>
        <translation>未确认 %1</translation>
    </message>
    <message>
        <source>Left closes it</source>
        <translation>按左键收起</translation>
    </message>
    <message>
        <source>Right opens it</source>
        <translation>按右键展开</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>sum, time</comment>
        <translation>%2 内 %1</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1, limit %2</source>
        <comment>value, limit</comment>
        <translation>%1，限值 %2</translation>
    </message>
    <message>
        <source>now: call %1</source>
        <comment>person</comment>
        <translation>现在：呼叫 %1</translation>
    </message>
    <message>
        <source>first: %1, %2</source>
        <comment>alarm, how long ago</comment>
        <translation>最早：%1，%2</translation>
    </message>
    <message>
        <source>newest: %1</source>
        <comment>how long ago</comment>
        <translation>最新：%1</translation>
    </message>
    <message>
        <source>%1 · back %2</source>
        <comment>ages: since it was raised, since it came back</comment>
        <translation>%1 · 再现 %2</translation>
    </message>
    <message>
        <source>came back %1</source>
        <comment>how long ago</comment>
        <translation>再次出现：%1</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::AlarmFinder</name>
    <message>
        <source>%1 of %2</source>
        <comment>found, members of open groups</comment>
        <translation>%2 条中的 %1 条</translation>
    </message>
    <message>
        <source>Find in the open group (F)</source>
        <translation>在展开的组中查找 (F)</translation>
    </message>
    <message>
        <source>Find in the open group</source>
        <translation>在展开的组中查找</translation>
    </message>
    <message>
        <source>A part of the title, the place, the sensor or the rule. Down goes to the list, Escape shows all.</source>
        <translation>标题、地点、传感器或规则的一部分。向下键转到列表，Esc 显示全部。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::AlarmPanel</name>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 unacknowledged · %2 active</source>
        <translation>%1 条未确认 · 共 %2 条</translation>
    </message>
    <message>
        <source>When a sensor crosses a limit, its alarm stands here, gravest first. Press Space to acknowledge it, I to open an incident from it.</source>
        <translation>测点越限时告警列在这里，最重的在最前。按空格确认，按 I 立为事件。</translation>
    </message>
    <message>
        <source>No alarm</source>
        <translation>没有告警</translation>
    </message>
    <message>
        <source>%1 set aside</source>
        <translation>搁开 %1</translation>
    </message>
    <message>
        <source>What is shelved, suppressed by design or out of service stands here, with until when, by whom and why. U brings it back, A goes back to the alarms.</source>
        <translation>搁置、按设计抑制或停用的告警列在这里，注明到何时、何人、为何。按 U 恢复，按 A 回到告警。</translation>
    </message>
    <message>
        <source>Set aside %1</source>
        <comment>button, number</comment>
        <translation>搁开 %1</translation>
    </message>
    <message>
        <source>To incident</source>
        <translation>转到事件</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>立为事件</translation>
    </message>
    <message>
        <source>Mine</source>
        <comment>alarms</comment>
        <translation>我的</translation>
    </message>
    <message>
        <source>Only what was not handed to another (M)</source>
        <translation>只看未移交他人的 (M)</translation>
    </message>
    <message>
        <source>Shelved, suppressed and out of service (A)</source>
        <translation>搁置、抑制和停用的 (A)</translation>
    </message>
    <message>
        <source>What else can be done with it</source>
        <translation>其他操作</translation>
    </message>
    <message>
        <source>Alarms set aside</source>
        <translation>已搁开的告警</translation>
    </message>
    <message>
        <source>Nothing is set aside</source>
        <translation>没有搁开的告警</translation>
    </message>
    <message>
        <source>Open an incident from the alarm</source>
        <translation>由告警开设事件</translation>
    </message>
    <message>
        <source>Shelve the alarm for a time</source>
        <translation>暂时搁置告警</translation>
    </message>
    <message>
        <source>Take the alarm out of service</source>
        <translation>告警停用</translation>
    </message>
    <message>
        <source>Reset a latched alarm</source>
        <translation>复位锁定的告警</translation>
    </message>
    <message>
        <source>Hand the alarm to another</source>
        <translation>将告警移交他人</translation>
    </message>
    <message>
        <source>Bring back what was set aside</source>
        <translation>恢复被搁置的告警</translation>
    </message>
    <message>
        <source>Alarms that are set aside</source>
        <translation>被搁置的告警</translation>
    </message>
    <message>
        <source>Only alarms that no other has</source>
        <translation>只看未移交他人的告警</translation>
    </message>
    <message>
        <source>What the alarm load is made of</source>
        <translation>告警负荷的构成</translation>
    </message>
    <message>
        <source>Open and close a group</source>
        <translation>展开、收起一组</translation>
    </message>
    <message>
        <source>Link the alarm to an incident</source>
        <translation>将告警关联到事件</translation>
    </message>
    <message>
        <source>Find in a large group that is open</source>
        <translation>在展开的大组中查找</translation>
    </message>
    <message>
        <source>Next alarm that nobody has acknowledged</source>
        <translation>下一条未确认的告警</translation>
    </message>
    <message>
        <source>%1 unack. · %2 active</source>
        <comment>short</comment>
        <translation>未确认 %1 · 共 %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>unacknowledged, active</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 unack. · %2 active · %3 aside</source>
        <comment>short</comment>
        <translation>未确认 %1 · 共 %2 · 搁开 %3</translation>
    </message>
    <message>
        <source>%1 unack. · %2 · %3</source>
        <comment>short: unacknowledged, active, set aside</comment>
        <translation>未确认 %1 · %2 · %3</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>unacknowledged, active, set aside</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::AlarmView</name>
    <message>
        <source>What to do</source>
        <translation>处置要点</translation>
    </message>
    <message>
        <source>Value now</source>
        <translation>当前值</translation>
    </message>
    <message>
        <source>Raised at</source>
        <translation>触发值</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>始于</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>clock, age</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>To be told</source>
        <translation>应通知</translation>
    </message>
    <message>
        <source>Its group</source>
        <translation>所在分组</translation>
    </message>
    <message>
        <source>Reports near in place and time</source>
        <translation>时空相近的报告</translation>
    </message>
    <message>
        <source>Its history</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>▲ Made louder %1 ×: nobody has acknowledged it</source>
        <translation>▲ 已升级 %1 次：无人确认</translation>
    </message>
    <message>
        <source>Comes and goes: held as standing until it has been quiet for a while</source>
        <translation>时有时无：安静一段时间之前视为持续</translation>
    </message>
    <message>
        <source>Handed to</source>
        <translation>移交给</translation>
    </message>
    <message>
        <source>Came again</source>
        <translation>再次出现</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <comment>how often an alarm came again</comment>
        <translation>%1 次</translation>
    </message>
    <message>
        <source>Suggested plan</source>
        <translation>建议预案</translation>
    </message>
    <message>
        <source>Reaches %1 in %2 (± %3) if it goes on as it does: about %4.</source>
        <comment>limit, time, interval, clock</comment>
        <translation>照此趋势 %2（± %3）后达到 %1：约 %4。</translation>
    </message>
    <message>
        <source>%1 · told at %2</source>
        <comment>person, clock</comment>
        <translation>%1 · %2 已通知</translation>
    </message>
    <message>
        <source>%1 has been told</source>
        <comment>person</comment>
        <translation>已通知 %1</translation>
    </message>
    <message>
        <source>%1 unacknowledged</source>
        <translation>未确认 %1</translation>
    </message>
    <message>
        <source>first: %1</source>
        <translation>首发：%1</translation>
    </message>
    <message>
        <source>%1 m · %2</source>
        <comment>distance, age</comment>
        <translation>%1 米 · %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>who, what</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Its sensors</source>
        <translation>相关传感器</translation>
    </message>
    <message>
        <source>▲ %1 · to be called now</source>
        <comment>person</comment>
        <translation>▲ %1 · 现在呼叫</translation>
    </message>
    <message>
        <source>%1 has been told; to be called now</source>
        <comment>person</comment>
        <translation>已通知 %1；现在应呼叫</translation>
    </message>
    <message>
        <source>%1 (in the chart)</source>
        <comment>sensor</comment>
        <translation>%1（图中）</translation>
    </message>
    <message>
        <source>Go to the sensor</source>
        <translation>转到该传感器</translation>
    </message>
    <message>
        <source>Show it in the chart</source>
        <translation>在图中显示</translation>
    </message>
    <message>
        <source>All %1…</source>
        <comment>sensors</comment>
        <translation>全部 %1 个…</translation>
    </message>
    <message>
        <source>All %1…</source>
        <comment>alarms of a group</comment>
        <translation>全部 %1 条…</translation>
    </message>
    <message>
        <source>Opens the group in the list of alarms</source>
        <translation>在告警列表中展开该组</translation>
    </message>
    <message>
        <source>%1 was told at %2 by %3</source>
        <comment>person, clock, who told</comment>
        <translation>%3 已于 %2 通知 %1</translation>
    </message>
    <message>
        <source>%1 · told before: %2</source>
        <comment>person, clock</comment>
        <translation>%1 · 此前告知：%2</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::AssignmentRow</name>
    <message>
        <source>Route crosses a closure</source>
        <translation>路线穿过封路</translation>
    </message>
    <message>
        <source>Route crosses the closure %1</source>
        <translation>路线穿过封路%1</translation>
    </message>
    <message>
        <source>arriving</source>
        <translation>即将到达</translation>
    </message>
    <message>
        <source>unknown team</source>
        <translation>未知队伍</translation>
    </message>
    <message>
        <source>Another way</source>
        <translation>改道</translation>
    </message>
    <message>
        <source>Has answered the roll call</source>
        <translation>已应答点名</translation>
    </message>
    <message>
        <source>Find another way</source>
        <translation>另寻路线</translation>
    </message>
    <message>
        <source>Copy the address of the team&apos;s own page</source>
        <translation>复制该队伍的任务页地址</translation>
    </message>
    <message>
        <source>The incident was moved: tell them</source>
        <translation>事件地点已更改：请通知该队</translation>
    </message>
    <message>
        <source>The incident was moved: tell them, %1</source>
        <translation>事件地点已更改：请通知该队，%1</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>已通知</translation>
    </message>
    <message>
        <source>The incident was moved: this way is the old one</source>
        <translation>事件地点已变更：当前路线仍通往原地点</translation>
    </message>
    <message>
        <source>Another way was found: tell them</source>
        <translation>已找到另一条路线：请告知他们</translation>
    </message>
    <message>
        <source>Has been told by voice</source>
        <translation>已口头传达</translation>
    </message>
    <message>
        <source>%1; by another way there at %2</source>
        <translation>%1；改道预计 %2 到达</translation>
    </message>
    <message>
        <source>%1; no way is left</source>
        <translation>%1；已无路可达</translation>
    </message>
    <message>
        <source>no way</source>
        <translation>无路可达</translation>
    </message>
    <message>
        <source>Copy the address of the team&apos;s own page (no phone can reach it: the desk listens on this machine only)</source>
        <translation>复制该队伍的任务页地址（手机无法访问：指挥台仅在本机监听）</translation>
    </message>
    <message>
        <source>The team has no page of its own: the desk&apos;s HTTP door is not open</source>
        <translation>该队伍没有任务页：指挥台的 HTTP 入口未开放</translation>
    </message>
    <message>
        <source>Asking the desk for the address of the team&apos;s own page…</source>
        <translation>正在向指挥台索取该队伍的任务页地址…</translation>
    </message>
    <message>
        <source>The address of the team&apos;s own page is given where the desk runs: this window only reads</source>
        <translation>该队伍的任务页地址由运行指挥台的程序给出：本窗口仅供查看</translation>
    </message>
    <message>
        <source>The address of the team&apos;s own page could not be had: %1</source>
        <translation>未能取得该队伍的任务页地址：%1</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CallBackDialog</name>
    <message>
        <source>Reached: this was said</source>
        <translation>已接通，内容如下</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>Write down the call</source>
        <translation>记录回访</translation>
    </message>
    <message>
        <source>Called back</source>
        <translation>已回访</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>通话内容</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CandidateRow</name>
    <message>
        <source>Change the load…</source>
        <translation>修改装载……</translation>
    </message>
    <message>
        <source>Take it out of the plan</source>
        <translation>移出方案</translation>
    </message>
    <message>
        <source>Change how many go there…</source>
        <translation>修改前往人数……</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CountWords</name>
    <message>
        <source>counted %1 ago</source>
        <translation>盘点于 %1 前</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DecisionCard</name>
    <message>
        <source>second choice</source>
        <translation>次选</translation>
    </message>
    <message>
        <source>%1 L%2</source>
        <comment>capability, level</comment>
        <translation>%1 %2级</translation>
    </message>
    <message>
        <source>via %1</source>
        <translation>经 %1</translation>
    </message>
    <message>
        <source>Who should go</source>
        <translation>派谁去</translation>
    </message>
    <message>
        <source>Why otherwise? One word is enough</source>
        <translation>为何另选？一个词即可</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Change what this incident needs</source>
        <translation>调整此事件的需求</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>optimum proven · %1</source>
        <translation>已证最优 · %1</translation>
    </message>
    <message>
        <source>best found · %1</source>
        <translation>目前最好 · %1</translation>
    </message>
    <message>
        <source>No plan names who is needed. Press Change to say it.</source>
        <translation>没有预案说明需要谁。请按“调整”指定。</translation>
    </message>
    <message>
        <source>All that is needed is on its way or there.</source>
        <translation>所需力量均已在途或到场。</translation>
    </message>
    <message>
        <source>%1 (%2): %3</source>
        <comment>who, for what, why not</comment>
        <translation>%1（%2）：%3</translation>
    </message>
    <message>
        <source>Not met: </source>
        <translation>未满足：</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Why not others · %1 considered</source>
        <translation>为何不派其他 · 共比较 %1 个</translation>
    </message>
    <message>
        <source>Nobody else with what is needed could come sooner.</source>
        <translation>没有其他具备能力的力量能更快到达。</translation>
    </message>
    <message>
        <source>Nobody is chosen</source>
        <translation>尚未选择</translation>
    </message>
    <message>
        <source>Send 1 team to %1</source>
        <translation>派 1 支队伍赴%1</translation>
    </message>
    <message>
        <source>Send %1 teams to %2</source>
        <translation>派 %1 支队伍赴%2</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>驳回…</translation>
    </message>
    <message>
        <source>Approve and send</source>
        <translation>批准并派出</translation>
    </message>
    <message>
        <source>Send the whole plan to %1 (%2)</source>
        <translation>向%1派出整套方案（%2 项）</translation>
    </message>
    <message>
        <source>Refuse the plan</source>
        <translation>驳回方案</translation>
    </message>
    <message>
        <source>Why is it refused? Who made it reads this.</source>
        <translation>为何驳回？方案制定者会看到。</translation>
    </message>
    <message>
        <source>stands by: %1 covered again</source>
        <translation>前置待命：重新覆盖%1</translation>
    </message>
    <message>
        <source>leaves its present order</source>
        <translation>需离开当前任务</translation>
    </message>
    <message>
        <source>%1 find shelter</source>
        <translation>安置%1</translation>
    </message>
    <message>
        <source>%1 too late</source>
        <translation>晚到 %1</translation>
    </message>
    <message>
        <source>position %1 old</source>
        <translation>位置为 %1前</translation>
    </message>
    <message>
        <source>Waits for the leader&apos;s word: %1</source>
        <translation>等待带班领导批准：%1</translation>
    </message>
    <message>
        <source>Waits for %1&apos;s word: %2</source>
        <translation>等待%1批准：%2</translation>
    </message>
    <message>
        <source>The oldest position that this rests on: %1</source>
        <translation>所依据的最旧位置：%1前</translation>
    </message>
    <message>
        <source>Show the minutes on the map</source>
        <translation>在地图上显示到达分钟数</translation>
    </message>
    <message>
        <source>%1 (%2): it would have to leave its present order</source>
        <comment>who, for what</comment>
        <translation>%1（%2）：需离开当前任务</translation>
    </message>
    <message>
        <source>If the next call comes now: nobody loses cover.</source>
        <translation>若此刻再来一起警情：覆盖不受影响。</translation>
    </message>
    <message>
        <source>If the next call comes now: %1 of %2 lose cover within %3.</source>
        <comment>people lost, people covered before, minutes</comment>
        <translation>若此刻再来一起警情：%3内覆盖的 %2 人中有 %1失去覆盖。</translation>
    </message>
    <message>
        <source>Times for roads with %1</source>
        <translation>行车时间按路况计算：%1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>two facts</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>To be told when it is sent:</source>
        <translation>派出时须通知：</translation>
    </message>
    <message>
        <source>third choice</source>
        <translation>第三选</translation>
    </message>
    <message>
        <source>further choice</source>
        <translation>其他备选</translation>
    </message>
    <message>
        <source>%1: %2 later</source>
        <comment>second choice, how much</comment>
        <translation>%1：晚 %2</translation>
    </message>
    <message>
        <source>a need elsewhere then stays open</source>
        <translation>他处将有一项需求无法满足</translation>
    </message>
    <message>
        <source>what it costs in all is not known: the time was up</source>
        <translation>总代价未算出：计算时限已到</translation>
    </message>
    <message>
        <source>costs %1 more in all</source>
        <translation>总体多花 %1</translation>
    </message>
    <message>
        <source>costs nothing more in all</source>
        <translation>总体不增加代价</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a store, counted so long ago</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>who, what is wrong</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>for the plan as a whole</source>
        <translation>用于整个方案</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加……</translation>
    </message>
    <message>
        <source>Add anybody to the plan, whoever is recommended (Insert or +)</source>
        <translation>不论推荐谁，均可添加任何资源（Insert 或 +）</translation>
    </message>
    <message>
        <source>Add somebody to the plan</source>
        <translation>向方案添加资源</translation>
    </message>
    <message>
        <source>added by hand</source>
        <translation>人工添加</translation>
    </message>
    <message>
        <source>changed by hand</source>
        <translation>人工修改</translation>
    </message>
    <message>
        <source>although: %1</source>
        <comment>added by hand, what speaks against it</comment>
        <translation>尽管：%1</translation>
    </message>
    <message>
        <source>recommended: %1</source>
        <comment>a load</comment>
        <translation>原推荐：%1</translation>
    </message>
    <message>
        <source>cannot be sent any more</source>
        <translation>已不能派出</translation>
    </message>
    <message>
        <source>1 place on the roads</source>
        <translation>1 处路口</translation>
    </message>
    <message>
        <source>%1 places on the roads</source>
        <translation>%1 处路口</translation>
    </message>
    <message>
        <source>Delete takes a line out, Enter changes what a vehicle brings or how many go to a shelter</source>
        <translation>Delete 移出一行，Enter 修改车辆所运物资或前往避难场所的人数</translation>
    </message>
    <message>
        <source>%1. Leave their present orders for it: %2</source>
        <comment>who waits, who</comment>
        <translation>%1。为此将撤出现有任务：%2</translation>
    </message>
    <message>
        <source>%1. Then begins the call-down %2</source>
        <comment>who waits, which</comment>
        <translation>%1。批准后启动轮呼%2</translation>
    </message>
    <message>
        <source>%1 (recall)</source>
        <translation>%1（撤回）</translation>
    </message>
    <message>
        <source>Still to be told by voice: %1. Their orders: F12, Shift+T</source>
        <translation>仍须口头传达：%1。任务单：F12，Shift+T</translation>
    </message>
    <message>
        <source>recommended: %1</source>
        <comment>how many people</comment>
        <translation>推荐：%1</translation>
    </message>
    <message>
        <source>only %1 places are free now</source>
        <translation>现仅空余 %1 个位置</translation>
    </message>
    <message>
        <source>%1 (another way)</source>
        <translation>%1（改道）</translation>
    </message>
    <message>
        <source>%1 (new place)</source>
        <translation>%1（新地点）</translation>
    </message>
    <message>
        <source>only 1 place is free now</source>
        <translation>现仅空余 1 个位置</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>Take the plan back</source>
        <translation>撤回方案</translation>
    </message>
    <message>
        <source>What it takes is free again at once. A reason may be left out.</source>
        <translation>其占用的资源立即恢复可用。可不填原因。</translation>
    </message>
    <message>
        <source>Not proven to be the optimum: %1</source>
        <translation>未证明为最优：%1</translation>
    </message>
    <message>
        <source>instead of another</source>
        <translation>替换另一项</translation>
    </message>
    <message>
        <source>straight line, over land too</source>
        <translation>直线距离，含陆地</translation>
    </message>
    <message>
        <source>If the next call comes now: reckoned for this choice in a moment.</source>
        <translation>若此刻再来一起警情：正按当前选择重新计算。</translation>
    </message>
    <message>
        <source>%1 With what is recommended for other incidents: %2.</source>
        <comment>that sentence, people lost</comment>
        <translation>%1若其他事件的建议方案也派出，则共有 %2失去覆盖。</translation>
    </message>
    <message>
        <source>of it about %1 until it sets out</source>
        <translation>其中出动前约 %1</translation>
    </message>
    <message>
        <source>Minutes and cover count from the order, as far as it is known how long they take to set out</source>
        <translation>到场分钟数和覆盖自下令时算起（已知其出动用时者）</translation>
    </message>
    <message>
        <source>Minutes and cover count from setting out: how long that takes is not known yet</source>
        <translation>到场分钟数和覆盖自出动时算起：出动用时尚不掌握</translation>
    </message>
    <message>
        <source>%1 keeps %2, below its minimum of %3</source>
        <comment>store, quantity, quantity</comment>
        <translation>%1 剩 %2，低于最低储备 %3</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DetailPanel</name>
    <message>
        <source>Unit</source>
        <translation>现场单元</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Earthquake</source>
        <translation>地震</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Assignment</source>
        <translation>调派</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Choose a row on the left or a symbol on the map, and it stands here.</source>
        <translation>点选左侧一行或地图上的符号，详情显示在这里。</translation>
    </message>
    <message>
        <source>Less or more time in the chart</source>
        <translation>缩短、延长图表时段</translation>
    </message>
    <message>
        <source>Take the sensor out of service, or put it back</source>
        <translation>传感器停用或恢复</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DrawingView</name>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Closure</source>
        <translation>封路</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>标记</translation>
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
        <source>Without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Save name and note</source>
        <translation>保存名称和备注</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>在地图上显示</translation>
    </message>
    <message>
        <source>Remove area</source>
        <translation>删除区域</translation>
    </message>
    <message>
        <source>Remove area %1</source>
        <translation>删除区域%1</translation>
    </message>
    <message>
        <source>Lift closure</source>
        <translation>解除封路</translation>
    </message>
    <message>
        <source>Lift closure %1</source>
        <translation>解除封路%1</translation>
    </message>
    <message>
        <source>Remove pin</source>
        <translation>删除标记</translation>
    </message>
    <message>
        <source>Remove pin %1</source>
        <translation>删除标记%1</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>its time is over</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>%1 ha</source>
        <translation>%1 公顷</translation>
    </message>
    <message>
        <source>%1 km²</source>
        <translation>%1 平方千米</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 米</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 千米</translation>
    </message>
    <message>
        <source>Drawn by</source>
        <translation>绘制人</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>绘制时间</translation>
    </message>
    <message>
        <source>Holds until</source>
        <translation>有效至</translation>
    </message>
    <message>
        <source>it is removed</source>
        <translation>手动删除为止</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>删除时间</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Perimeter</source>
        <translation>周长</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Lies on the way of: %1</source>
        <translation>位于以下队伍的行进路线上：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DrillMark</name>
    <message>
        <source>EXERCISE EXERCISE EXERCISE</source>
        <translation>演练 演练 演练</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DutyLog</name>
    <message>
        <source>Duty log</source>
        <translation>值班日志</translation>
    </message>
    <message>
        <source>%1 entries this shift</source>
        <translation>本班 %1 条</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 条</translation>
    </message>
    <message>
        <source> · chain intact</source>
        <translation> · 链校验无误</translation>
    </message>
    <message>
        <source> · CHAIN BROKEN</source>
        <translation> · 链校验失败</translation>
    </message>
    <message>
        <source>Everything that changes the desk is written here by itself. A note of yours goes into the field above.</source>
        <translation>指挥台的一切变动自动记录在此。您的备注写在上面一栏。</translation>
    </message>
    <message>
        <source>No entry has these words.</source>
        <translation>没有符合的条目。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::EarthquakeView</name>
    <message>
        <source>Earthquake M %1</source>
        <translation>地震 M %1</translation>
    </message>
    <message>
        <source>Earthquake, magnitude unknown</source>
        <translation>地震，震级不明</translation>
    </message>
    <message>
        <source>automatic, not reviewed</source>
        <translation>自动测定，未复核</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>已复核</translation>
    </message>
    <message>
        <source>withdrawn by its agency</source>
        <translation>已被发布机构撤回</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>clock, age</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 千米</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>Epicentre</source>
        <translation>震中</translation>
    </message>
    <message>
        <source>Magnitude type</source>
        <translation>震级类型</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Tsunami</source>
        <translation>海啸</translation>
    </message>
    <message>
        <source>the agency points to one</source>
        <translation>机构提示可能有海啸</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>可信度</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::FlaggedReadings</name>
    <message>
        <source>The newest was measured %1 and received %2: its clock is behind, or it is told late</source>
        <comment>time, time</comment>
        <translation>最新一条的测量时间为 %1，收到时间为 %2：其时钟落后，或数据上报较晚</translation>
    </message>
    <message>
        <source>from the future, so it set nothing off</source>
        <translation>时间在未来，因此未触发任何告警</translation>
    </message>
    <message>
        <source>from long ago, so it set nothing off</source>
        <translation>时间过于久远，因此未触发任何告警</translation>
    </message>
    <message>
        <source>of a retired sensor, so it set nothing off</source>
        <translation>传感器已注销，因此未触发任何告警</translation>
    </message>
    <message>
        <source>ahead, so it counts as of when it came</source>
        <translation>时间超前，因此按收到的时间计</translation>
    </message>
    <message>
        <source>◇ Flagged here: %1. The newest was measured %2 and received %3: %4</source>
        <comment>count, time, time, why</comment>
        <translation>◇ 此处有标记的读数：%1。最新一条的测量时间为 %2，收到时间为 %3：%4</translation>
    </message>
    <message>
        <source>corrected, another value came first</source>
        <translation>已更正，先前到达的是另一个值</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::FloodBanner</name>
    <message>
        <source>Alarm flood · %1</source>
        <translation>告警洪泛 · %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1 起</translation>
    </message>
    <message>
        <source>%1 alarms in %2 lines</source>
        <comment>raw, shown</comment>
        <translation>%1 条告警归为 %2 行</translation>
    </message>
    <message>
        <source>first: %1</source>
        <comment>alarm</comment>
        <translation>首发：%1</translation>
    </message>
    <message>
        <source>Most in one minute: %1</source>
        <translation>一分钟最多：%1</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::HandDialog</name>
    <message>
        <source>Hand over %1</source>
        <translation>移交 %1</translation>
    </message>
    <message>
        <source>Hand over %1 to whom?</source>
        <translation>将 %1 移交给谁？</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>移交给</translation>
    </message>
    <message>
        <source>Name of somebody on duty</source>
        <translation>在岗人员姓名</translation>
    </message>
    <message>
        <source>back to whoever has the desk</source>
        <translation>交还值班席</translation>
    </message>
    <message>
        <source>They stay in the list, with the name beside them. Nobody is told by this program: call, too.</source>
        <translation>仍留在列表中，旁边注明姓名。本程序不会通知对方：请另行致电。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::HandFinder</name>
    <message>
        <source>%1 L%2</source>
        <comment>capability, level</comment>
        <translation>%1 %2级</translation>
    </message>
    <message>
        <source>cannot be sent</source>
        <translation>不能派出</translation>
    </message>
    <message>
        <source>looking for the ways…</source>
        <translation>正在查找路线……</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>found, all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Nobody is found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Fewer words find more.</source>
        <translation>少填几个词，能找到更多。</translation>
    </message>
    <message>
        <source>in the plan already</source>
        <translation>已在方案中</translation>
    </message>
    <message>
        <source>%1 places free</source>
        <translation>空余 %1 个位置</translation>
    </message>
    <message>
        <source>no place is free</source>
        <translation>没有空位</translation>
    </message>
    <message>
        <source>a place, which goes nowhere</source>
        <translation>固定场所，不能派出</translation>
    </message>
    <message>
        <source>could go</source>
        <translation>可以派出</translation>
    </message>
    <message>
        <source>what it may carry is not known</source>
        <translation>载重不详</translation>
    </message>
    <message>
        <source>%1: goes for the plan as a whole</source>
        <comment>why not recommended</comment>
        <translation>%1：作为整个方案的支援</translation>
    </message>
    <message>
        <source>%1 is in the plan already.</source>
        <translation>%1 已在方案中。</translation>
    </message>
    <message>
        <source>%1 cannot be sent: %2.</source>
        <comment>who, why not</comment>
        <translation>%1 不能派出：%2。</translation>
    </message>
    <message>
        <source>Add to the plan</source>
        <translation>加入方案</translation>
    </message>
    <message>
        <source>Name, kind, capability, place or number</source>
        <translation>名称、类别、能力、地点或编号</translation>
    </message>
    <message>
        <source>Find somebody to send</source>
        <translation>查找可派资源</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>The need that it is for</source>
        <translation>所满足的需求</translation>
    </message>
    <message>
        <source>%1: %2 missing</source>
        <comment>need, amount</comment>
        <translation>%1：缺 %2</translation>
    </message>
    <message>
        <source>the plan as a whole</source>
        <translation>整个方案</translation>
    </message>
    <message>
        <source>All who could be sent, the nearest first</source>
        <translation>所有可派资源，近者在前</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>could go · %1</source>
        <comment>a remark</comment>
        <translation>可派出 · %1</translation>
    </message>
    <message>
        <source>1 place free</source>
        <translation>空余 1 个位置</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::IncidentActs</name>
    <message>
        <source>Close “%1”</source>
        <translation>结束“%1”</translation>
    </message>
    <message>
        <source>%1 still assigned: release them first, the desk will refuse otherwise.</source>
        <translation>仍有%1在派：请先解除，否则将被拒绝。</translation>
    </message>
    <message>
        <source>It leaves the list; the duty log keeps it.</source>
        <translation>它将从列表中移除，值班日志予以保留。</translation>
    </message>
    <message>
        <source>Close incident %1</source>
        <translation>结束事件 %1</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移动…</translation>
    </message>
    <message>
        <source>Plan…</source>
        <translation>预案…</translation>
    </message>
    <message>
        <source>Other grade…</source>
        <translation>其他等级…</translation>
    </message>
    <message>
        <source>Close…</source>
        <translation>结束…</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <comment>number of a request for aid, partner</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>a partner</source>
        <translation>某互助单位</translation>
    </message>
    <message>
        <source>Mutual aid that is asked for and not here yet: %1.</source>
        <translation>已请求但尚未到达的互助支援：%1。</translation>
    </message>
    <message>
        <source>Mutual aid that is here and was not given back: %1.</source>
        <translation>已到达且尚未归还的互助支援：%1。</translation>
    </message>
    <message>
        <source>Call that aid off too; tell them so</source>
        <translation>同时取消上述互助支援；请告知对方</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::IncidentPanel</name>
    <message>
        <source>no team yet</source>
        <translation>尚未派队</translation>
    </message>
    <message>
        <source>, %1 verified</source>
        <translation> 核实 %1 件</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>none open</source>
        <translation>无未结</translation>
    </message>
    <message>
        <source>%1 open</source>
        <translation>%1 起未结</translation>
    </message>
    <message>
        <source>What the desk works on stands here. Select an alarm or a report and press I, or press N for an incident of your own.</source>
        <translation>正在处置的事件列在这里。选中告警或报告按 I，或按 N 直接新建。</translation>
    </message>
    <message>
        <source>No incident is open</source>
        <translation>没有未结事件</translation>
    </message>
    <message>
        <source>Enter</source>
        <comment>key</comment>
        <translation>回车</translation>
    </message>
    <message>
        <source>To the incident&apos;s details</source>
        <translation>查看事件详情</translation>
    </message>
    <message>
        <source>Another place for the incident</source>
        <translation>更改事件地点</translation>
    </message>
    <message>
        <source>Another plan for the incident</source>
        <translation>更改事件预案</translation>
    </message>
    <message>
        <source>Another grade for the incident</source>
        <translation>更改事件等级</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::IncidentView</name>
    <message>
        <source>Confirm grade %1</source>
        <translation>确认 %1 级</translation>
    </message>
    <message>
        <source>On the way and on scene · %1</source>
        <translation>在途与到场 · %1</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Write a note, Enter puts it into the log</source>
        <translation>写备注，回车记入日志</translation>
    </message>
    <message>
        <source>Close incident %1…</source>
        <translation>结束事件 %1…</translation>
    </message>
    <message>
        <source>%1, %2 coming</source>
        <translation>%1，%2 支在途</translation>
    </message>
    <message>
        <source>none yet, %1 coming</source>
        <translation>尚无，%1 支在途</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>On scene</source>
        <translation>现场力量</translation>
    </message>
    <message>
        <source>Built on</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>历时</translation>
    </message>
    <message>
        <source>Closed after</source>
        <translation>结束，历时</translation>
    </message>
    <message>
        <source>%1 since %2</source>
        <comment>age, clock</comment>
        <translation>%1，始于 %2</translation>
    </message>
    <message>
        <source>grade %1 proposed</source>
        <translation>拟定 %1 级</translation>
    </message>
    <message>
        <source>Move incident %1 to another place</source>
        <translation>将事件 %1 移至其他地点</translation>
    </message>
    <message>
        <source>Another place for it; who is on the way is named</source>
        <translation>更改地点；列出正在途中的队伍</translation>
    </message>
    <message>
        <source>Another plan for incident %1</source>
        <translation>更改事件 %1 的预案</translation>
    </message>
    <message>
        <source>Another plan, and what becomes of the needs</source>
        <translation>更改预案，并决定需求如何处理</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>未给出</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LoadEditor</name>
    <message>
        <source>%1 from %2, %3 %4 free</source>
        <comment>supply, store, quantity, unit</comment>
        <translation>%1，取自 %2，可用 %3 %4</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>装载</translation>
    </message>
    <message>
        <source>What %1 brings</source>
        <translation>%1 运送的物资</translation>
    </message>
    <message>
        <source>Another supply: a part of its name or code, or of the store&apos;s</source>
        <translation>其他物资：名称、编码或仓库名的一部分</translation>
    </message>
    <message>
        <source>Find another supply</source>
        <translation>查找其他物资</translation>
    </message>
    <message>
        <source>Supply</source>
        <translation>物资</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Free there</source>
        <translation>可用量</translation>
    </message>
    <message>
        <source>Loads</source>
        <translation>装载量</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Supplies and how much of each</source>
        <translation>物资及各自数量</translation>
    </message>
    <message>
        <source>Loads in this order. Alt+Up and Alt+Down move a store</source>
        <translation>按此顺序装货。Alt+Up、Alt+Down 调整仓库顺序</translation>
    </message>
    <message>
        <source>Order of the stores</source>
        <translation>仓库顺序</translation>
    </message>
    <message>
        <source>Earlier (Alt+Up)</source>
        <translation>提前（Alt+Up）</translation>
    </message>
    <message>
        <source>Later (Alt+Down)</source>
        <translation>推后（Alt+Down）</translation>
    </message>
    <message>
        <source>Take this load</source>
        <translation>按此装载</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LoadGauge</name>
    <message>
        <source>%1 · %2</source>
        <comment>figure, word of the alarm load</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>load</source>
        <translation>负荷</translation>
    </message>
    <message>
        <source>Alarm load: %1 in ten minutes, %2</source>
        <translation>告警负荷：十分钟 %1 条，%2</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LoadPlan</name>
    <message>
        <source>type a quantity; 0 takes it off</source>
        <translation>请填写数量；填 0 表示不装</translation>
    </message>
    <message>
        <source>“%1”: no comma, please; a decimal point is a dot</source>
        <translation>“%1”：请勿用逗号，小数点用“.”</translation>
    </message>
    <message>
        <source>“%1” is no number</source>
        <translation>“%1”不是数字</translation>
    </message>
    <message>
        <source>a load cannot be less than 0</source>
        <translation>装载量不能小于 0</translation>
    </message>
    <message>
        <source>that is too much: at most %1</source>
        <translation>数量太大：最多 %1</translation>
    </message>
    <message>
        <source>that is too little to load; 0 takes it off</source>
        <translation>数量太小，无法装载；填 0 表示不装</translation>
    </message>
    <message>
        <source>%1 has %2 %3 free, not %4</source>
        <comment>store, quantity, unit, quantity</comment>
        <translation>%1 可用 %2 %3，不够 %4</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>supply, what is wrong</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>It would bring nothing. Delete takes it out of the plan.</source>
        <translation>这样什么也不运。按 Delete 可将其移出方案。</translation>
    </message>
    <message>
        <source>%1 carries %2 kg, not %3 kg</source>
        <translation>%1 载重 %2 kg，装不下 %3 kg</translation>
    </message>
    <message>
        <source>%1 has room for %2 m³, not %3 m³</source>
        <translation>%1 容积 %2 m³，装不下 %3 m³</translation>
    </message>
    <message>
        <source>%1 of %2 kg, %3 kg left</source>
        <translation>%1 / %2 kg，还可装 %3 kg</translation>
    </message>
    <message>
        <source>%1 kg; what it may carry is not known</source>
        <translation>%1 kg；载重不详</translation>
    </message>
    <message>
        <source>%1 of %2 m³, %3 m³ left</source>
        <translation>%1 / %2 m³，还可装 %3 m³</translation>
    </message>
    <message>
        <source>the weight of %1 is not known</source>
        <translation>%1 的重量不详</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <comment>supply, quantity brought, quantity needed with its unit</comment>
        <translation>%1：%2 / %3</translation>
    </message>
    <message>
        <source>%1, %2 missing</source>
        <translation>%1，缺 %2</translation>
    </message>
    <message>
        <source>%1, %2 more than is needed</source>
        <translation>%1，比需要多 %2</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LoadSheet</name>
    <message>
        <source>comes and goes</source>
        <translation>时有时无</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <comment>how often an alarm was raised</comment>
        <translation>%1 次</translation>
    </message>
    <message>
        <source>under 1 % of all</source>
        <translation>不到 1 %</translation>
    </message>
    <message>
        <source>%1 % of all</source>
        <translation>占 %1 %</translation>
    </message>
    <message>
        <source>Alarm load</source>
        <translation>告警负荷</translation>
    </message>
    <message>
        <source>Hand part of it to another</source>
        <translation>移交一部分给他人</translation>
    </message>
    <message>
        <source>Who bears how much</source>
        <translation>各人负担</translation>
    </message>
    <message>
        <source>Worst offenders of the last 24 hours</source>
        <translation>24 小时内最频繁的告警</translation>
    </message>
    <message>
        <source>No alarm in 24 hours</source>
        <translation>24 小时内没有告警</translation>
    </message>
    <message>
        <source>%1 alarms in ten minutes: %2</source>
        <translation>十分钟内 %1 条告警：%2</translation>
    </message>
    <message>
        <source>One person bears 1 in ten minutes at rest and 10 in the first ten minutes after an upset (EEMUA 191). Last hour: %1, most in one minute: %2. Standing: %3, of them unacknowledged: %4. Set aside: %5.</source>
        <translation>一人可承受：平时十分钟 1 条，异常后头十分钟 10 条 (EEMUA 191)。近一小时：%1，一分钟最多：%2。在列：%3，其中未确认：%4。搁开：%5。</translation>
    </message>
    <message>
        <source>%1: %2 unacknowledged</source>
        <comment>person, number</comment>
        <translation>%1：未确认 %2</translation>
    </message>
    <message>
        <source>whoever has the desk (%1)</source>
        <translation>值班席（%1）</translation>
    </message>
    <message>
        <source>Nothing waits for anybody.</source>
        <translation>没有待确认的告警。</translation>
    </message>
    <message>
        <source>The load is bearable: nothing needs to be handed over.</source>
        <translation>负荷可以承受：无需移交。</translation>
    </message>
    <message>
        <source>%1, whole groups and the lesser ones first: then both bear about the same.</source>
        <translation>%1，整组移交，先交较轻的：之后两人负担相当。</translation>
    </message>
    <message>
        <source>Hand over %1…</source>
        <translation>移交 %1…</translation>
    </message>
    <message>
        <source>Nothing more to hand over: what is left is one matter, or others bear as much already.</source>
        <translation>无可再移交：余下的属于同一事由，或他人负担已相当。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LoadWords</name>
    <message>
        <source>calm</source>
        <comment>alarm load</comment>
        <translation>平静</translation>
    </message>
    <message>
        <source>busy</source>
        <comment>alarm load</comment>
        <translation>繁忙</translation>
    </message>
    <message>
        <source>heavy</source>
        <comment>alarm load</comment>
        <translation>沉重</translation>
    </message>
    <message>
        <source>flood</source>
        <comment>alarm load</comment>
        <translation>洪泛</translation>
    </message>
    <message>
        <source>%1 a minute</source>
        <translation>每分钟 %1 条</translation>
    </message>
    <message>
        <source>%1 alarms in ten minutes: %2. One person bears one at rest and ten after an upset (EEMUA 191). Click for what makes it, and whom to hand part of it.</source>
        <translation>十分钟内 %1 条告警：%2。一人平时可承受一条，异常后十条。点击查看构成，并可移交一部分。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::MoveIncidentDialog</name>
    <message>
        <source>%1 (%2)</source>
        <comment>who is on the way, telephone</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Where the incident lies</source>
        <translation>事件所在地点</translation>
    </message>
    <message>
        <source>Another place for “%1”</source>
        <translation>更改“%1”的地点</translation>
    </message>
    <message>
        <source>Reason; it goes into the duty log</source>
        <translation>原因，将记入值班日志</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Move %1 here</source>
        <translation>将 %1 移至此处</translation>
    </message>
    <message>
        <source>Place now</source>
        <translation>现地点</translation>
    </message>
    <message>
        <source>Position now</source>
        <translation>现位置</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>未给出</translation>
    </message>
    <message>
        <source>On the way to where it stood, and to be told: %1</source>
        <translation>正赶往原地点、须通知：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>That is %1 from where it stands now</source>
        <translation>距现位置 %1</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::NeedsEditor</name>
    <message>
        <source>Remove this need</source>
        <translation>删除此需求</translation>
    </message>
    <message>
        <source>What “%1” needs</source>
        <translation>“%1”的需求</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>supply, unit</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Shelter for people</source>
        <translation>人员安置</translation>
    </message>
    <message>
        <source>soon</source>
        <comment>no time is set</comment>
        <translation>尽快</translation>
    </message>
    <message>
        <source>in </source>
        <comment>followed by minutes</comment>
        <translation>在 </translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟内</translation>
    </message>
    <message>
        <source>Wanted there within so many minutes of the incident&apos;s opening</source>
        <translation>自事件立案起须在此分钟数内到位</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::NewIncidentDialog</name>
    <message>
        <source>The position is latitude, longitude in degrees: 47.1410, 9.5209</source>
        <translation>坐标格式为 纬度, 经度（度）：47.1410, 9.5209</translation>
    </message>
    <message>
        <source>from the alarm %1</source>
        <translation>来自告警%1</translation>
    </message>
    <message>
        <source>from the report %1</source>
        <translation>来自报告%1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 条</translation>
    </message>
    <message>
        <source>There is no plan for this hazard: say afterwards who is needed.</source>
        <translation>该灾种没有预案：请在之后说明需要谁。</translation>
    </message>
    <message>
        <source>The plan %1 says who is needed; you can change it afterwards.</source>
        <translation>预案%1规定需要谁；之后可以更改。</translation>
    </message>
    <message>
        <source>The plan %1, which the alarm&apos;s rule suggests, says who is needed; you can change it afterwards.</source>
        <translation>告警规则建议的预案%1规定需要谁；之后可以更改。</translation>
    </message>
    <message>
        <source>Where is it? Without a place nobody can be sent: choose one, write coordinates or point at the map.</source>
        <translation>在哪里？没有地点就无法派人：请选择地点、填写坐标或在地图上指点。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::OverviewView</name>
    <message>
        <source>Opening the desk…</source>
        <translation>正在打开指挥台…</translation>
    </message>
    <message>
        <source>1 alarm waits for you</source>
        <translation>1 条告警待您确认</translation>
    </message>
    <message>
        <source>%1 alarms wait for you</source>
        <translation>%1 条告警待您确认</translation>
    </message>
    <message>
        <source>1 report waits for you</source>
        <translation>1 件报告待您核实</translation>
    </message>
    <message>
        <source>%1 reports wait for you</source>
        <translation>%1 件报告待您核实</translation>
    </message>
    <message>
        <source>All quiet</source>
        <translation>一切平静</translation>
    </message>
    <message>
        <source>All seen</source>
        <translation>均已知悉</translation>
    </message>
    <message>
        <source>Nothing is selected. Choose a row on the left or a symbol on the map, and it stands here.</source>
        <translation>当前没有选中对象。点选左侧一行或地图上的符号，详情显示在这里。</translation>
    </message>
    <message>
        <source>peacetime</source>
        <translation>平时</translation>
    </message>
    <message>
        <source>level %1</source>
        <translation>%1 级</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Open incidents</source>
        <translation>未结事件</translation>
    </message>
    <message>
        <source>Teams free</source>
        <translation>可派力量</translation>
    </message>
    <message>
        <source>Teams out</source>
        <translation>在外力量</translation>
    </message>
    <message>
        <source>Reports to triage</source>
        <translation>待核报告</translation>
    </message>
    <message>
        <source>Warnings in force</source>
        <translation>生效预警</translation>
    </message>
    <message>
        <source>From an alarm to a team on its way</source>
        <translation>从告警到队伍出发</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>路况</translation>
    </message>
    <message>
        <source>Warnings held back</source>
        <translation>暂留预警</translation>
    </message>
    <message>
        <source>%1, Ctrl+K finds them</source>
        <translation>%1 条，可用 Ctrl+K 查找</translation>
    </message>
    <message>
        <source>F2 goes to the alarms; Space acknowledges one.</source>
        <translation>F2 转到告警，空格确认。</translation>
    </message>
    <message>
        <source>I opens an incident from it.</source>
        <translation>按 I 由告警立为事件。</translation>
    </message>
    <message>
        <source>Who should go, and why, stands here.</source>
        <translation>派谁去、为什么，显示在这里。</translation>
    </message>
    <message>
        <source>F9 sends them; the map shows them move.</source>
        <translation>F9 派出，地图上可见其行进。</translation>
    </message>
    <message>
        <source>Ctrl+K finds every place, team and command.</source>
        <translation>Ctrl+K 查找地点、队伍和命令。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PhotoStrip</name>
    <message>
        <source>Photo %1 of %2</source>
        <translation>照片 %1 / %2</translation>
    </message>
    <message>
        <source>taken at %1</source>
        <translation>拍摄于 %1</translation>
    </message>
    <message>
        <source>reading …</source>
        <translation>读取中……</translation>
    </message>
    <message>
        <source>Enter shows it large</source>
        <translation>回车放大</translation>
    </message>
    <message>
        <source>photo is
missing</source>
        <translation>照片缺失</translation>
    </message>
    <message>
        <source>its file is missing or cannot be read</source>
        <translation>文件缺失或无法读取</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PlaceHint</name>
    <message>
        <source>Perhaps here: %1</source>
        <translation>可能在这里：%1</translation>
    </message>
    <message>
        <source>Perhaps here: %1, %2</source>
        <comment>name, what it is</comment>
        <translation>可能在这里：%1，%2</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PlanCalls</name>
    <message>
        <source>the plan names it, but no such list is kept</source>
        <translation>预案指定了它，但没有这份轮呼名单</translation>
    </message>
    <message>
        <source>there is nobody to call on it now</source>
        <translation>名单上目前无人可呼</translation>
    </message>
    <message>
        <source>%1, and one call-down takes at most %2: begin it under F12, L, where some can be taken out</source>
        <translation>共%1，一次轮呼最多 %2 人：请按 F12、L 单独启动，可先删去一些人</translation>
    </message>
    <message>
        <source>calls %1</source>
        <translation>呼叫%1</translation>
    </message>
    <message>
        <source>calls %1 in turn, %2 first</source>
        <comment>people, name</comment>
        <translation>依次呼叫%1，首先呼叫%2</translation>
    </message>
    <message>
        <source>begun already, %1: %2 has answered</source>
        <comment>when, who</comment>
        <translation>已启动（%1）：%2 已应答</translation>
    </message>
    <message>
        <source>begun already, %1</source>
        <comment>when</comment>
        <translation>已启动（%1）</translation>
    </message>
    <message>
        <source>Call-downs that begin with it</source>
        <translation>随预案启动的轮呼</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PlanDialog</name>
    <message>
        <source>nobody and nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Needed now: %1</source>
        <translation>现有需求：%1</translation>
    </message>
    <message>
        <source>Needed then: the same</source>
        <translation>更改后需求：不变</translation>
    </message>
    <message>
        <source>Needed then: %1</source>
        <translation>更改后需求：%1</translation>
    </message>
    <message>
        <source>Another grade for “%1”</source>
        <translation>更改“%1”的等级</translation>
    </message>
    <message>
        <source>Another plan for “%1”</source>
        <translation>更改“%1”的预案</translation>
    </message>
    <message>
        <source>The grade decides who is told, and how soon. Its plan may want others than were asked for.</source>
        <translation>等级决定通知谁、何时通知。该等级的预案所需可能与现有需求不同。</translation>
    </message>
    <message>
        <source>The plan says who is needed and what is done first.</source>
        <translation>预案规定需要谁、先做什么。</translation>
    </message>
    <message>
        <source>&amp;Grade</source>
        <translation>等级(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>预案(&amp;P)</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>&amp;Keep the plan and the needs that stand</source>
        <translation>保留现有预案和需求(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Keep the needs that stand</source>
        <translation>保留现有需求(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Replace the needs by the plan&apos;s; what is served already stays</source>
        <translation>以预案的需求替换；已在满足的保留(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Add what the plan wants more</source>
        <translation>补上预案另需的部分(&amp;A)</translation>
    </message>
    <message>
        <source>Reason; it goes into the duty log</source>
        <translation>原因，将记入值班日志</translation>
    </message>
    <message>
        <source>Reason, if there is one; it goes into the duty log</source>
        <translation>如有原因请填写，将记入值班日志</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Grade %1 anew</source>
        <translation>重新定级 %1</translation>
    </message>
    <message>
        <source>Give %1 this plan</source>
        <translation>为 %1 采用该预案</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PlanNotices</name>
    <message>
        <source>%1 (%2)</source>
        <comment>a place; who is in charge, or the telephone</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 (%2, %3)</source>
        <comment>a place; who is in charge; the telephone</comment>
        <translation>%1（%2，%3）</translation>
    </message>
    <message>
        <source>%1: open the house. %2 come from %3, the first at about %4.</source>
        <comment>shelter and whom to call; people; place; time</comment>
        <translation>%1：请开放场所。%2将从%3转来，最早约 %4 到达。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a shelter; for how many people</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>The people at %1: leave the area and go to %2.</source>
        <translation>%1的群众：请撤离并前往%2。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 %2 %3</source>
        <comment>quantity, unit, supply</comment>
        <translation>%1 %2 %3</translation>
    </message>
    <message>
        <source>%1: have ready %2. %3 comes for it at about %4.</source>
        <comment>store and whom to call; load; vehicle; time</comment>
        <translation>%1：请备好%2。%3约 %4 前来提取。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PlanWords</name>
    <message>
        <source>unknown resource</source>
        <translation>未知资源</translation>
    </message>
    <message>
        <source>shelter</source>
        <translation>安置</translation>
    </message>
    <message>
        <source>%1–%2 min</source>
        <comment>from, to</comment>
        <translation>%1–%2 分钟</translation>
    </message>
    <message>
        <source>%1 %2 %3 from %4</source>
        <comment>quantity, unit, supply, warehouse</comment>
        <translation>%4：%3 %1 %2</translation>
    </message>
    <message>
        <source>%1 is deciding about it</source>
        <translation>%1 正在调配</translation>
    </message>
    <message>
        <source>busy until %1</source>
        <translation>忙至 %1</translation>
    </message>
    <message>
        <source>its position is %1 old</source>
        <translation>位置为 %1前</translation>
    </message>
    <message>
        <source>%1, but then a need elsewhere stays open</source>
        <translation>%1，但会使别处需求无法满足</translation>
    </message>
    <message>
        <source>%1; in all it would cost %2 more</source>
        <translation>%1；总体多花 %2</translation>
    </message>
    <message>
        <source>%1: %2 missing</source>
        <comment>need, amount</comment>
        <translation>%1：缺 %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>what is missing, why</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>nobody has it</source>
        <translation>无人具备</translation>
    </message>
    <message>
        <source>nobody has the level; the best is level %1</source>
        <translation>无人达到等级，最高为 %1 级</translation>
    </message>
    <message>
        <source>nobody has the level</source>
        <translation>无人达到等级</translation>
    </message>
    <message>
        <source>all who have it are busy</source>
        <translation>具备者均在忙</translation>
    </message>
    <message>
        <source>all who have it are out of service</source>
        <translation>具备者均停用</translation>
    </message>
    <message>
        <source>no road leads there</source>
        <translation>无路可达</translation>
    </message>
    <message>
        <source>who has it cannot travel</source>
        <translation>具备者无法自行前往</translation>
    </message>
    <message>
        <source>all are too far</source>
        <translation>均太远</translation>
    </message>
    <message>
        <source>the nearest, %1, needs %2</source>
        <translation>最近的%1需 %2</translation>
    </message>
    <message>
        <source>where they are is not known well enough</source>
        <translation>其位置不够确切</translation>
    </message>
    <message>
        <source>crews have worked too long</source>
        <translation>人员作业已超时</translation>
    </message>
    <message>
        <source>another is deciding about them</source>
        <translation>他人正在调配</translation>
    </message>
    <message>
        <source>%1 is deciding about %2</source>
        <translation>%1 正在调配%2</translation>
    </message>
    <message>
        <source>those who could are needed more elsewhere</source>
        <translation>可用者在别处更急需</translation>
    </message>
    <message>
        <source>only %1 in stock</source>
        <translation>库存仅 %1</translation>
    </message>
    <message>
        <source>what there is has expired</source>
        <translation>库存已过期</translation>
    </message>
    <message>
        <source>no vehicle is free to bring it</source>
        <translation>无空闲车辆运送</translation>
    </message>
    <message>
        <source>no vehicle can carry it</source>
        <translation>无车辆可承载</translation>
    </message>
    <message>
        <source>only %1 places are free</source>
        <translation>仅余 %1 个床位</translation>
    </message>
    <message>
        <source>there is no shelter that can be reached</source>
        <translation>无可到达的避难场所</translation>
    </message>
    <message>
        <source>the amount asked for makes no sense</source>
        <translation>所需数量不合理</translation>
    </message>
    <message>
        <source>the search was ended early</source>
        <translation>计算被提前结束</translation>
    </message>
    <message>
        <source>busy, as usual until about %1</source>
        <translation>忙碌，按以往情况约到 %1</translation>
    </message>
    <message>
        <source>nobody is on duty until %1</source>
        <translation>%1 前无人值班</translation>
    </message>
    <message>
        <source>all who have it are busy; %1 is free at about %2</source>
        <translation>具备能力的都在忙；%1 约 %2 空出</translation>
    </message>
    <message>
        <source>maintenance should have ended %1</source>
        <translation>维护本应于 %1 结束</translation>
    </message>
    <message>
        <source>should have been back in service %1</source>
        <translation>本应于 %1 恢复可用</translation>
    </message>
    <message>
        <source>should have been back on duty %1</source>
        <translation>本应于 %1 回到值班</translation>
    </message>
    <message>
        <source>check overdue since %1</source>
        <translation>检查自 %1 起逾期</translation>
    </message>
    <message>
        <source>maintenance overdue since %1</source>
        <translation>维护自 %1 起逾期</translation>
    </message>
    <message>
        <source>all who have it are out of service; %1: %2</source>
        <comment>a resource, what should have ended</comment>
        <translation>具备者均停用；%1：%2</translation>
    </message>
    <message>
        <source>only 1 place is free</source>
        <translation>仅余 1 个床位</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between two clauses</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>the weight of %1 is not known</source>
        <translation>%1 的重量不详</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::Printing</name>
    <message>
        <source>Not printed</source>
        <translation>未能打印</translation>
    </message>
    <message>
        <source>The printer did not take the page.</source>
        <translation>打印机未接收该页。</translation>
    </message>
    <message>
        <source>%1 could not be written whole: is the disk full, or may nobody write there?</source>
        <translation>%1 未能完整写入：磁盘是否已满，或该位置不可写？</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ProposalWords</name>
    <message>
        <source>a call counts %1</source>
        <comment>people</comment>
        <translation>一通来电称 %1 人</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>an incident&apos;s title: what, where</comment>
        <translation>%2%1</translation>
    </message>
    <message>
        <source>◆ may belong to incident %1</source>
        <translation>◆ 可能属于事件 %1</translation>
    </message>
    <message>
        <source>◆ may be an incident: %1 · %2</source>
        <translation>◆ 可能是一起事件：%1 · %2</translation>
    </message>
    <message>
        <source>%1 senders tell of it</source>
        <translation>%1 位报告人提到</translation>
    </message>
    <message>
        <source>People dead: %1</source>
        <translation>有人死亡：%1</translation>
    </message>
    <message>
        <source>People trapped: %1</source>
        <translation>有人被困：%1</translation>
    </message>
    <message>
        <source>People hurt, ill or missing: %1</source>
        <translation>有人受伤、患病或失踪：%1</translation>
    </message>
    <message>
        <source>An alarm of the same stands %1 away: %2</source>
        <translation>%1 外有同类告警：%2</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <comment>alarms</comment>
        <translation>共 %1 条</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ReasonWords</name>
    <message>
        <source>It comes from an official source</source>
        <translation>来自官方来源</translation>
    </message>
    <message>
        <source>It comes from a source that the county knows</source>
        <translation>来自县里认识的来源</translation>
    </message>
    <message>
        <source>Of %1 earlier reports of this sender %2 were verified</source>
        <translation>该报告人此前 %1 条报告中 %2 条属实</translation>
    </message>
    <message>
        <source>Of %1 earlier reports of this sender %2 were dismissed</source>
        <translation>该报告人此前 %1 条报告中 %2 条被排除</translation>
    </message>
    <message>
        <source>1 other sender says the same</source>
        <translation>另有 1 人报告同样情况</translation>
    </message>
    <message>
        <source>%1 other senders say the same</source>
        <translation>另有 %1 人报告同样情况</translation>
    </message>
    <message>
        <source>%1 others say the same, but all come from this sender</source>
        <translation>另有 %1 条相同报告，但都来自此人</translation>
    </message>
    <message>
        <source>An alarm stands %1 away</source>
        <translation>%1 外有一条有效告警</translation>
    </message>
    <message>
        <source>An alarm stands %1 away: %2</source>
        <translation>%1 外有一条有效告警：%2</translation>
    </message>
    <message>
        <source>%1, %2 away, shows nothing of it</source>
        <translation>%2 外的%1没有相应迹象</translation>
    </message>
    <message>
        <source>An official warning of this covers the place</source>
        <translation>该地点在同类官方预警范围内</translation>
    </message>
    <message>
        <source>Its photo was taken there</source>
        <translation>照片拍摄于该处</translation>
    </message>
    <message>
        <source>Its photo was taken %1 away</source>
        <translation>照片拍摄地点相距 %1</translation>
    </message>
    <message>
        <source>Its photo is %1 h older</source>
        <translation>照片早于报告 %1 小时</translation>
    </message>
    <message>
        <source>The sender was there</source>
        <translation>报告人就在现场</translation>
    </message>
    <message>
        <source>The sender was %1 away</source>
        <translation>报告人距现场 %1</translation>
    </message>
    <message>
        <source>The place is known only to %1</source>
        <translation>位置精度仅 %1</translation>
    </message>
    <message>
        <source>1 report near by says the opposite</source>
        <translation>附近有 1 条相反的报告</translation>
    </message>
    <message>
        <source>%1 reports near by say the opposite</source>
        <translation>附近有 %1 条相反的报告</translation>
    </message>
    <message>
        <source>Confirmed when called back</source>
        <translation>回访时已证实</translation>
    </message>
    <message>
        <source>Nobody answered when called back</source>
        <translation>回访无人接听</translation>
    </message>
    <message>
        <source>The sender says by now that it is not so</source>
        <translation>报告人后来表示并非如此</translation>
    </message>
    <message>
        <source>Nobody can be asked</source>
        <translation>无法联系报告人</translation>
    </message>
    <message>
        <source>%1 apart</source>
        <comment>a distance</comment>
        <translation>相距 %1</translation>
    </message>
    <message>
        <source>within %1</source>
        <comment>a time</comment>
        <translation>相隔 %1</translation>
    </message>
    <message>
        <source>a point that says little of the place</source>
        <translation>坐标点不足以说明地点</translation>
    </message>
    <message>
        <source>nearly the same words</source>
        <translation>文字几乎相同</translation>
    </message>
    <message>
        <source>but other house or block numbers</source>
        <translation>但门牌或楼栋号不同</translation>
    </message>
    <message>
        <source>same place in words</source>
        <translation>所述地点相同</translation>
    </message>
    <message>
        <source>same category</source>
        <translation>类别相同</translation>
    </message>
    <message>
        <source>same sender</source>
        <translation>同一报告人</translation>
    </message>
    <message>
        <source>both say %1</source>
        <translation>都提到 %1</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ReportActs</name>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>What is missing before it can be judged? Whoever takes it up next reads it.</source>
        <translation>还缺什么才能判断？下一位接手的人会看到。</translation>
    </message>
    <message>
        <source>Called back: what was said …</source>
        <translation>已回访：记录内容……</translation>
    </message>
    <message>
        <source>Call back within %1 min</source>
        <translation>%1 分钟内回访</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>接手%1</translation>
    </message>
    <message>
        <source>Verify %1</source>
        <translation>核实%1</translation>
    </message>
    <message>
        <source>Ask more about %1…</source>
        <translation>补充了解%1…</translation>
    </message>
    <message>
        <source>Dismiss %1</source>
        <translation>排除%1</translation>
    </message>
    <message>
        <source>Call back…</source>
        <translation>回访…</translation>
    </message>
    <message>
        <source>%1 are one event</source>
        <translation>%1属同一事件</translation>
    </message>
    <message>
        <source>Put %1 asunder</source>
        <translation>将%1拆出</translation>
    </message>
    <message>
        <source>Undo the last joining or splitting</source>
        <translation>撤销上次合并或拆分</translation>
    </message>
    <message>
        <source>Open incident from %1</source>
        <translation>据%1开设事件</translation>
    </message>
    <message>
        <source>Link %1…</source>
        <translation>关联%1…</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>接手</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>Needs more…</source>
        <translation>待补充…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>One event</source>
        <translation>同一事件</translation>
    </message>
    <message>
        <source>Not the same event</source>
        <translation>不是同一事件</translation>
    </message>
    <message>
        <source>Open incident</source>
        <translation>开设事件</translation>
    </message>
    <message>
        <source>Link…</source>
        <translation>关联…</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>Go to incident</source>
        <translation>查看事件</translation>
    </message>
    <message>
        <source>Called back…</source>
        <translation>已回访…</translation>
    </message>
    <message>
        <source>Where it belongs…</source>
        <translation>定位到所属地点…</translation>
    </message>
    <message>
        <source>No incident: %1</source>
        <translation>不构成事件：%1</translation>
    </message>
    <message>
        <source>No incident</source>
        <translation>不构成事件</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 has it in hand</source>
        <translation>%1 正在处理</translation>
    </message>
    <message>
        <source>Take it over from %1</source>
        <translation>从 %1 处接手</translation>
    </message>
    <message>
        <source>Link %1 to %2</source>
        <translation>将%1关联到 %2</translation>
    </message>
    <message>
        <source>Why is it none? It is proposed again when twice as many tell of it, or the first of them of people in danger.</source>
        <translation>为什么不是突发事件？报告人数翻倍，或首次有人报告人员遇险时，会再次提示。</translation>
    </message>
    <message>
        <source>Judge it all the same</source>
        <translation>仍然研判</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ReportJudgement</name>
    <message>
        <source>… and %1 more</source>
        <translation>……另有 %1 条</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>系统建议</translation>
    </message>
    <message>
        <source>joined by a person</source>
        <translation>人工合并</translation>
    </message>
    <message>
        <source>In nobody&apos;s hands: %1 took it %2 ago and has not acted on it</source>
        <translation>无人接手：%1 于 %2 前接手但未处理</translation>
    </message>
    <message>
        <source>In nobody&apos;s hands</source>
        <translation>无人接手</translation>
    </message>
    <message>
        <source>You have it in hand</source>
        <translation>由您接手</translation>
    </message>
    <message>
        <source>%1 has it in hand</source>
        <translation>由 %1 接手</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>备注：%1</translation>
    </message>
    <message>
        <source>☎ Call back overdue by %1 (asked by %2)</source>
        <translation>☎ 回访已超时 %1（%2 要求）</translation>
    </message>
    <message>
        <source>☎ Call back in %1 (asked by %2)</source>
        <translation>☎ %1 后回访（%2 要求）</translation>
    </message>
    <message>
        <source>☎ Called back by %1: %2</source>
        <translation>☎ %1 已回访：%2</translation>
    </message>
    <message>
        <source>☎ %1 called back, nobody answered</source>
        <translation>☎ %1 已回访，无人接听</translation>
    </message>
    <message>
        <source>To believe it, or not</source>
        <translation>可信与否</translation>
    </message>
    <message>
        <source>May be the same event</source>
        <translation>可能是同一事件</translation>
    </message>
    <message>
        <source>◇ No incident (%1, %2): %3</source>
        <translation>◇ 不是突发事件（%1，%2）：%3</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ReportPanel</name>
    <message>
        <source>Reports to triage</source>
        <translation>待核报告</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>What you have taken with C stands here until it is judged.</source>
        <translation>用 C 接手的报告在处理完之前列在这里。</translation>
    </message>
    <message>
        <source>Everything is in somebody&apos;s hands.</source>
        <translation>所有报告都已有人接手。</translation>
    </message>
    <message>
        <source>Press B on a report to be reminded of calling back.</source>
        <translation>在报告上按 B，到时提醒回访。</translation>
    </message>
    <message>
        <source>What cannot be judged yet (M) stands here with what is missing.</source>
        <translation>暂时无法判断的报告（M）列在这里，并注明缺什么。</translation>
    </message>
    <message>
        <source>What was verified or dismissed in the last day stands here.</source>
        <translation>最近一天核实或排除的报告列在这里。</translation>
    </message>
    <message>
        <source>What citizens report stands here; what may be one event stands together. C takes it in hand, V verifies, D dismisses, I makes an incident of it.</source>
        <translation>群众报告列在这里，可能是同一事件的排在一起。C 接手，V 核实，D 排除，I 据此开设事件。</translation>
    </message>
    <message>
        <source>Where more is reported than usual</source>
        <translation>报告多于常态的地方</translation>
    </message>
    <message>
        <source>%1 reports within %2 (usual %3): %4</source>
        <translation>%2 范围内 %1 条报告（常态 %3）：%4</translation>
    </message>
    <message>
        <source>Nowhere</source>
        <translation>没有</translation>
    </message>
    <message>
        <source>What is said more than usual</source>
        <translation>提及多于常态的词</translation>
    </message>
    <message>
        <source>%1: %2 times (usual %3)</source>
        <translation>%1：%2 次（常态 %3）</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>没有</translation>
    </message>
    <message>
        <source>To triage</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我接手的</translation>
    </message>
    <message>
        <source>In nobody&apos;s hands</source>
        <translation>无人接手</translation>
    </message>
    <message>
        <source>To call back</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>Needs more</source>
        <translation>待补充</translation>
    </message>
    <message>
        <source>Judged in the last day</source>
        <translation>最近一天已处理</translation>
    </message>
    <message>
        <source>Which reports</source>
        <translation>显示哪些报告</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>Nothing unusual</source>
        <translation>无异常</translation>
    </message>
    <message>
        <source>1 hot spot</source>
        <translation>1 个热点</translation>
    </message>
    <message>
        <source>%1 hot spots</source>
        <translation>%1 个热点</translation>
    </message>
    <message>
        <source>Said often: %1</source>
        <translation>高频词：%1</translation>
    </message>
    <message>
        <source>Places and words that rise above their usual</source>
        <translation>高于常态的地点和词语</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>Take the report in hand, or give it back</source>
        <translation>认领报告或放回</translation>
    </message>
    <message>
        <source>Verify the report</source>
        <translation>核实报告</translation>
    </message>
    <message>
        <source>Say what the report lacks</source>
        <translation>说明报告还缺什么</translation>
    </message>
    <message>
        <source>Dismiss the report</source>
        <translation>排除报告</translation>
    </message>
    <message>
        <source>Call the sender back</source>
        <translation>回电报告人</translation>
    </message>
    <message>
        <source>Put the report where it belongs</source>
        <translation>将报告置于所属位置</translation>
    </message>
    <message>
        <source>Reports are one event</source>
        <translation>这些报告是同一事件</translation>
    </message>
    <message>
        <source>The report is another event</source>
        <translation>报告属于另一事件</translation>
    </message>
    <message>
        <source>Undo joining or splitting reports</source>
        <translation>撤销合并或拆分</translation>
    </message>
    <message>
        <source>Open an incident from the report</source>
        <translation>由报告开设事件</translation>
    </message>
    <message>
        <source>Link the report to an incident</source>
        <translation>将报告关联到事件</translation>
    </message>
    <message>
        <source>Open and close a group</source>
        <translation>展开、收起一组</translation>
    </message>
    <message>
        <source>⚠ %1, %2. The words that came with the program are used until it is mended and the desk started anew.</source>
        <comment>file, what is wrong</comment>
        <translation>⚠ %1，%2。在修复并重新启动之前使用程序自带的词语。</translation>
    </message>
    <message>
        <source>%1 reports within %2 (usual %3), of nothing in common</source>
        <translation>%2 范围内 %1 条报告（通常 %3），内容无共同之处</translation>
    </message>
    <message>
        <source>Esc</source>
        <comment>key</comment>
        <translation>Esc</translation>
    </message>
    <message>
        <source>None of the reports that say this word is to be shown here. Esc shows all again.</source>
        <translation>提到该词的报告中没有可在此显示的。按 Esc 重新显示全部。</translation>
    </message>
    <message>
        <source>Reports are no incident</source>
        <translation>这些报告不构成事件</translation>
    </message>
    <message>
        <source>All groups of a report flood, or the few lines</source>
        <translation>报告激增时显示全部分组，或只显示几行</translation>
    </message>
    <message>
        <source>✕ %1: %2 times (usual %3)</source>
        <translation>✕ %1：%2 次（平常 %3）</translation>
    </message>
    <message>
        <source>%1 without a place</source>
        <translation>%1 条无位置</translation>
    </message>
    <message>
        <source>Only reports that say %1; press to see all again</source>
        <translation>只显示提到%1的报告；按下可重新显示全部</translation>
    </message>
    <message>
        <source>%1 in %2 groups, none collapsed.</source>
        <translation>%1，共 %2 组，未折叠。</translation>
    </message>
    <message>
        <source>%1 in %2 groups, collapsed to %3 lines; → opens one.</source>
        <translation>%1，共 %2 组，折叠为 %3 行；按 → 展开一行。</translation>
    </message>
    <message>
        <source>Collapse</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>See all</source>
        <translation>查看全部</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ReportRows</name>
    <message>
        <source>☎ call back overdue by %1</source>
        <translation>☎ 回访已超时 %1</translation>
    </message>
    <message>
        <source>☎ call back in %1</source>
        <translation>☎ %1 后回访</translation>
    </message>
    <message>
        <source>%1 has it</source>
        <translation>%1 已接手</translation>
    </message>
    <message>
        <source>no place given</source>
        <translation>未提供地点</translation>
    </message>
    <message>
        <source>%1 more proposed</source>
        <translation>另建议 %1 条</translation>
    </message>
    <message>
        <source>proposed as one event</source>
        <translation>建议为同一事件</translation>
    </message>
    <message>
        <source>one event</source>
        <translation>同一事件</translation>
    </message>
    <message>
        <source>%1 · %2 more areas</source>
        <translation>%1 · 另外 %2 个区域</translation>
    </message>
    <message>
        <source>%1 · elsewhere</source>
        <translation>%1 · 其他地方</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>其余全部</translation>
    </message>
    <message>
        <source>%1 tell of dead</source>
        <translation>%1 条称有人死亡</translation>
    </message>
    <message>
        <source>%1 of people trapped</source>
        <translation>%1 条称有人被困</translation>
    </message>
    <message>
        <source>%1 of people in danger</source>
        <translation>%1 条称有人遇险</translation>
    </message>
    <message>
        <source>☎ %1 to call back now</source>
        <translation>☎ %1 组现须回拨</translation>
    </message>
    <message>
        <source>%1 in %2 groups</source>
        <translation>%1，共 %2 组</translation>
    </message>
    <message>
        <source>no incident, says %1</source>
        <translation>%1 认定不是突发事件</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ReportView</name>
    <message>
        <source>Citizen&apos;s report</source>
        <translation>群众报告</translation>
    </message>
    <message>
        <source>Place, in the sender&apos;s words</source>
        <translation>地点（报告人原话）</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>未提供</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>clock, age</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Happened</source>
        <translation>发生</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>no contact given</source>
        <translation>未留联系方式</translation>
    </message>
    <message>
        <source>Judged by</source>
        <translation>核实人</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Call to the desk</source>
        <translation>值班来电</translation>
    </message>
    <message>
        <source>Status there</source>
        <translation>对方状态</translation>
    </message>
    <message>
        <source>Record of the call</source>
        <translation>来电记录</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>死亡</translation>
    </message>
    <message>
        <source>Injured</source>
        <translation>受伤</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>失踪</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
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
        <source>Told already</source>
        <translation>已告知</translation>
    </message>
    <message>
        <source>Caller&apos;s unit</source>
        <translation>来电人单位</translation>
    </message>
    <message>
        <source>Caller&apos;s post</source>
        <translation>来电人职务</translation>
    </message>
    <message>
        <source>Recorded by</source>
        <translation>登记人</translation>
    </message>
    <message>
        <source>Recorded at</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>The desk has no contact for this report.</source>
        <translation>值班台没有这条报告的联系方式。</translation>
    </message>
    <message>
        <source>Show who reported</source>
        <translation>显示报告人</translation>
    </message>
    <message>
        <source>Who reported: %1</source>
        <translation>报告人：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>That you have seen it stands in the duty log.</source>
        <translation>查看已记入值班日志。</translation>
    </message>
    <message>
        <source>Looking is written to the duty log.</source>
        <translation>查看会记入值班日志。</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源可信度</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Amend the call</source>
        <translation>修改来电记录</translation>
    </message>
    <message>
        <source>Opens its dialog; recorded again it replaces what stands here</source>
        <translation>打开来电窗口；重新记录后将替换此处内容</translation>
    </message>
    <message>
        <source>The sender stood</source>
        <translation>报告人所在位置</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ResourceView</name>
    <message>
        <source>%1 of %2 taken</source>
        <translation>已用 %1 / %2</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Crew</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>In charge</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Travels</source>
        <translation>机动</translation>
    </message>
    <message>
        <source>by air</source>
        <translation>空中</translation>
    </message>
    <message>
        <source>not by itself</source>
        <translation>不能自行机动</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>%1 L%2</source>
        <comment>capability, level</comment>
        <translation>%1 %2级</translation>
    </message>
    <message>
        <source>Can do</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>已派</translation>
    </message>
    <message>
        <source>Assigned to %1</source>
        <translation>已派往%1</translation>
    </message>
    <message>
        <source>Go to incident</source>
        <translation>转到事件</translation>
    </message>
    <message>
        <source>In store</source>
        <translation>库存</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SensorChart</name>
    <message>
        <source>from %1 to %2, newest %3</source>
        <comment>values of a chart</comment>
        <translation>从 %1 到 %2，最新 %3</translation>
    </message>
    <message>
        <source>10 min</source>
        <translation>10 分</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 时</translation>
    </message>
    <message>
        <source>6 h</source>
        <translation>6 时</translation>
    </message>
    <message>
        <source>1 d</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>1 y</source>
        <translation>1 年</translation>
    </message>
    <message>
        <source>10 y</source>
        <translation>10 年</translation>
    </message>
    <message>
        <source>last ten minutes</source>
        <translation>近十分钟</translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>近一小时</translation>
    </message>
    <message>
        <source>last six hours</source>
        <translation>近六小时</translation>
    </message>
    <message>
        <source>last day</source>
        <translation>近一天</translation>
    </message>
    <message>
        <source>last seven days</source>
        <translation>近七天</translation>
    </message>
    <message>
        <source>last 30 days</source>
        <translation>近 30 天</translation>
    </message>
    <message>
        <source>last year</source>
        <translation>近一年</translation>
    </message>
    <message>
        <source>last ten years</source>
        <translation>近十年</translation>
    </message>
    <message>
        <source>%1 ([ shorter, ] longer)</source>
        <translation>%1（[ 缩短，] 延长）</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>sensor, time</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>No reading in this time</source>
        <translation>这段时间没有读数</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SensorView</name>
    <message>
        <source>no reading yet</source>
        <translation>尚无读数</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Last reading</source>
        <translation>最近读数</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>量程</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Take %1 out of service</source>
        <translation>停用 %1</translation>
    </message>
    <message>
        <source>Its readings are kept and raise no alarm; the alarms that stand are set aside with it, until it is put back.</source>
        <translation>读数照常保存但不触发告警；现有告警随之搁开，直到恢复使用。</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1 起</translation>
    </message>
    <message>
        <source>Out of service</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Take out of service…</source>
        <translation>停用…</translation>
    </message>
    <message>
        <source>Put back into service</source>
        <translation>恢复使用</translation>
    </message>
    <message>
        <source>%1 ahead: its readings set off no alarm</source>
        <translation>超前 %1：其读数不触发告警</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已注销</translation>
    </message>
    <message>
        <source>Its clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复使用</translation>
    </message>
    <message>
        <source>%1 behind, or told late: its readings count as of their own times</source>
        <translation>落后 %1，或发送延迟：其读数按自身时间计</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::Sentence</name>
    <message>
        <source>%1 (muted by %2)</source>
        <translation>%1（被%2屏蔽）</translation>
    </message>
    <message>
        <source>%1 (it is shelved)</source>
        <translation>%1（已搁置）</translation>
    </message>
    <message>
        <source>%1 (it is out of service)</source>
        <translation>%1（已停用）</translation>
    </message>
    <message>
        <source>%1 (again)</source>
        <translation>%1（再次出现）</translation>
    </message>
    <message>
        <source>Shelved %1 until %2</source>
        <translation>搁置%1，至 %2</translation>
    </message>
    <message>
        <source>Shelved %1</source>
        <translation>搁置%1</translation>
    </message>
    <message>
        <source>The time on the shelf is over: %1</source>
        <translation>搁置到期：%1</translation>
    </message>
    <message>
        <source>Taken from the shelf: %1</source>
        <translation>取消搁置：%1</translation>
    </message>
    <message>
        <source>Out of service: %1</source>
        <translation>停用：%1</translation>
    </message>
    <message>
        <source>Back in service: %1</source>
        <translation>恢复使用：%1</translation>
    </message>
    <message>
        <source>%1 mutes %2</source>
        <translation>%1屏蔽了%2</translation>
    </message>
    <message>
        <source>%1 mutes %2 no more</source>
        <translation>%1不再屏蔽%2</translation>
    </message>
    <message>
        <source>Nobody has acknowledged %1: it becomes louder</source>
        <translation>%1无人确认：提示升级</translation>
    </message>
    <message>
        <source>Nobody has acknowledged %1: tell %2</source>
        <translation>%1无人确认：告知 %2</translation>
    </message>
    <message>
        <source>Comes and goes, and counts as standing until it is quiet: %1</source>
        <translation>反复出现和恢复，平稳之前按持续处理：%1</translation>
    </message>
    <message>
        <source>Comes and goes no more: %1</source>
        <translation>不再反复：%1</translation>
    </message>
    <message>
        <source>Alarm now: %1</source>
        <translation>告警更新：%1</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>复位%1</translation>
    </message>
    <message>
        <source>%1 back to the desk</source>
        <translation>%1交回值班台</translation>
    </message>
    <message>
        <source>%1 handed to %2</source>
        <translation>%1移交 %2</translation>
    </message>
    <message>
        <source>Sensor back in service: %1</source>
        <translation>监测点恢复使用：%1</translation>
    </message>
    <message>
        <source>Sensor out of service: %1</source>
        <translation>监测点停用：%1</translation>
    </message>
    <message>
        <source>Rules of the alarms changed: %1 rules</source>
        <translation>告警规则已更改：共 %1 条</translation>
    </message>
    <message>
        <source>More is needed of the report %1</source>
        <translation>报告需补充：%1</translation>
    </message>
    <message>
        <source>More is needed of the report %1: %2</source>
        <translation>报告需补充：%1，%2</translation>
    </message>
    <message>
        <source>Judged %1</source>
        <translation>已判定 %1</translation>
    </message>
    <message>
        <source>The sender of %1 says: %2</source>
        <translation>%1的报送方状态：%2</translation>
    </message>
    <message>
        <source>Report updated: %1</source>
        <translation>报告已更新：%1</translation>
    </message>
    <message>
        <source>Took in hand %1</source>
        <translation>接手处理%1</translation>
    </message>
    <message>
        <source>Let go of %1</source>
        <translation>放回%1</translation>
    </message>
    <message>
        <source>To be called back by %1: %2</source>
        <translation>须在 %1 前回访：%2</translation>
    </message>
    <message>
        <source>To be called back: %1</source>
        <translation>须回访：%1</translation>
    </message>
    <message>
        <source>Called back about %1</source>
        <translation>已就%1回访</translation>
    </message>
    <message>
        <source>Called back about %1: %2</source>
        <translation>已就%1回访：%2</translation>
    </message>
    <message>
        <source>Called back about %1, nobody answered</source>
        <translation>已就%1回访，无人接听</translation>
    </message>
    <message>
        <source>Placed %1 at %2</source>
        <translation>将%1定位于 %2</translation>
    </message>
    <message>
        <source>Placed %1</source>
        <translation>已为%1定位</translation>
    </message>
    <message>
        <source>Reports that speak of one event: %1</source>
        <translation>说的是同一事件的报告：%1 条</translation>
    </message>
    <message>
        <source>Reports that speak of another event: %1</source>
        <translation>说的是另一事件的报告：%1 条</translation>
    </message>
    <message>
        <source>Taken back: which reports speak of one event</source>
        <translation>撤销：哪些报告说的是同一事件</translation>
    </message>
    <message>
        <source>Alarm %1: %2</source>
        <comment>an alarm without a value</comment>
        <translation>%1 级告警：%2</translation>
    </message>
    <message>
        <source>Marker %1 from the field, by %2</source>
        <translation>现场标记%1，来自 %2</translation>
    </message>
    <message>
        <source>Marker %1 changed in the field, by %2</source>
        <translation>现场标记%1已更改，来自 %2</translation>
    </message>
    <message>
        <source>Marker %1 removed in the field</source>
        <translation>现场标记%1已删除</translation>
    </message>
    <message>
        <source>%1 writes: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <comment>who writes, in which chat room, what</comment>
        <translation>%1 致 %2：%3</translation>
    </message>
    <message>
        <source>%1 is at %2 now</source>
        <translation>%1 现位于 %2</translation>
    </message>
    <message>
        <source>Unit %1 heard for the first time</source>
        <translation>首次收到现场单元 %1 的信号</translation>
    </message>
    <message>
        <source>Unit %1 says something else of itself now</source>
        <translation>现场单元 %1 更改了自身信息</translation>
    </message>
    <message>
        <source>Unit %1 carries no resource any more</source>
        <translation>现场单元 %1 不再对应任何资源</translation>
    </message>
    <message>
        <source>Unit %1 carries %2</source>
        <translation>现场单元 %1 对应 %2</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Roads closed: %1</source>
        <translation>道路封闭：%1</translation>
    </message>
    <message>
        <source>Closure changed: %1</source>
        <translation>封路已更改：%1</translation>
    </message>
    <message>
        <source>Closure lifted: %1</source>
        <translation>封路已解除：%1</translation>
    </message>
    <message>
        <source>Area drawn: %1</source>
        <translation>已绘制区域：%1</translation>
    </message>
    <message>
        <source>Area changed: %1</source>
        <translation>区域已更改：%1</translation>
    </message>
    <message>
        <source>Area removed: %1</source>
        <translation>区域已删除：%1</translation>
    </message>
    <message>
        <source>Pin set: %1</source>
        <translation>已设标记：%1</translation>
    </message>
    <message>
        <source>Pin changed: %1</source>
        <translation>标记已更改：%1</translation>
    </message>
    <message>
        <source>Pin removed: %1</source>
        <translation>标记已删除：%1</translation>
    </message>
    <message>
        <source>Entry of the kind “%1”</source>
        <translation>“%1”类条目</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>sentence, reason</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>an incident</source>
        <translation>一起事件</translation>
    </message>
    <message>
        <source>a team</source>
        <translation>一支队伍</translation>
    </message>
    <message>
        <source>an alarm</source>
        <translation>一条告警</translation>
    </message>
    <message>
        <source>Alarm %1: %2, %3</source>
        <translation>%1 级告警：%2，%3</translation>
    </message>
    <message>
        <source>Alarm raised</source>
        <translation>产生告警</translation>
    </message>
    <message>
        <source>Back to normal: %1</source>
        <translation>恢复正常：%1</translation>
    </message>
    <message>
        <source>Acknowledged %1 alarms</source>
        <translation>确认 %1 条告警</translation>
    </message>
    <message>
        <source>Acknowledged %1</source>
        <translation>确认%1</translation>
    </message>
    <message>
        <source>Incident opened</source>
        <translation>建立事件</translation>
    </message>
    <message>
        <source>Incident %1 %2 opened from the alarm %3</source>
        <translation>由告警%3建立事件 %1 %2</translation>
    </message>
    <message>
        <source>Incident %1 %2 opened from the report %3</source>
        <translation>由报告%3建立事件 %1 %2</translation>
    </message>
    <message>
        <source>Incident %1 %2 opened, %3</source>
        <translation>建立事件 %1 %2，%3</translation>
    </message>
    <message>
        <source>Joined to %1</source>
        <translation>并入%1</translation>
    </message>
    <message>
        <source>Joined %1 to %2</source>
        <translation>将%1并入%2</translation>
    </message>
    <message>
        <source> and </source>
        <translation>和</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <translation>%1定为%2</translation>
    </message>
    <message>
        <source>Grade set</source>
        <translation>已定级</translation>
    </message>
    <message>
        <source>%1 needs nobody</source>
        <translation>%1不需要力量</translation>
    </message>
    <message>
        <source>%1 needs %2</source>
        <translation>%1需要：%2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Closed %1</source>
        <translation>结束%1</translation>
    </message>
    <message>
        <source>Proposed %1 for %2, %3</source>
        <translation>拟派%1赴%2，%3</translation>
    </message>
    <message>
        <source>Notified %1 for %2</source>
        <translation>已通知%1赴%2</translation>
    </message>
    <message>
        <source>%1 accepted %2</source>
        <translation>%1接受%2任务</translation>
    </message>
    <message>
        <source>%1 en route to %2, %3</source>
        <translation>%1出发赴%2，%3</translation>
    </message>
    <message>
        <source>%1 on scene at %2</source>
        <translation>%1到达%2现场</translation>
    </message>
    <message>
        <source>%1 released from %2</source>
        <translation>%1从%2解除</translation>
    </message>
    <message>
        <source>Proposed %1 for %2</source>
        <translation>拟派%1赴%2</translation>
    </message>
    <message>
        <source>a report</source>
        <translation>一件报告</translation>
    </message>
    <message>
        <source>Report received</source>
        <translation>收到报告</translation>
    </message>
    <message>
        <source>Report by %1: %2</source>
        <translation>收到报告（%1）：%2</translation>
    </message>
    <message>
        <source>Report by %1 from %2: %3</source>
        <translation>收到报告（%1，%2）：%3</translation>
    </message>
    <message>
        <source>Dismissed the report %1</source>
        <translation>排除报告%1</translation>
    </message>
    <message>
        <source>Back to triage: %1</source>
        <translation>退回待核：%1</translation>
    </message>
    <message>
        <source>Verified the report %1</source>
        <translation>核实报告%1</translation>
    </message>
    <message>
        <source>a warning</source>
        <translation>一条预警</translation>
    </message>
    <message>
        <source>Warning received</source>
        <translation>收到预警</translation>
    </message>
    <message>
        <source>Warning updated</source>
        <translation>预警更新</translation>
    </message>
    <message>
        <source>Warning updated: %1, %2, until %3</source>
        <translation>预警更新：%1 %2 至 %3</translation>
    </message>
    <message>
        <source>Warning updated: %1, %2</source>
        <translation>预警更新：%1 %2</translation>
    </message>
    <message>
        <source>Warning in force: %1, %2, until %3</source>
        <translation>预警生效：%1 %2 至 %3</translation>
    </message>
    <message>
        <source>Warning in force: %1, %2</source>
        <translation>预警生效：%1 %2</translation>
    </message>
    <message>
        <source>Warning cancelled: %1</source>
        <translation>预警解除：%1</translation>
    </message>
    <message>
        <source>Warning over: %1</source>
        <translation>预警到期：%1</translation>
    </message>
    <message>
        <source>Earthquake reported</source>
        <translation>收到地震速报</translation>
    </message>
    <message>
        <source>Earthquake updated</source>
        <translation>地震更新</translation>
    </message>
    <message>
        <source>Earthquake M %1, %2</source>
        <translation>地震 M %1，%2</translation>
    </message>
    <message>
        <source>Earthquake now M %1, %2</source>
        <translation>地震更新为 M %1，%2</translation>
    </message>
    <message>
        <source>The county is named %1</source>
        <translation>县名设为%1</translation>
    </message>
    <message>
        <source>Sensor registered: %1</source>
        <translation>登记测点：%1</translation>
    </message>
    <message>
        <source>%1 sensors registered</source>
        <translation>登记 %1 个测点</translation>
    </message>
    <message>
        <source>Resource registered: %1</source>
        <translation>登记资源：%1</translation>
    </message>
    <message>
        <source>%1 resources registered</source>
        <translation>登记 %1 项资源</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>incident, note</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Response ended, back to peacetime</source>
        <translation>响应结束，转为平时</translation>
    </message>
    <message>
        <source>Response level %1</source>
        <translation>%1 级响应</translation>
    </message>
    <message>
        <source>Response level %1 · %2</source>
        <translation>%1 级响应 · %2</translation>
    </message>
    <message>
        <source>Shift begun: %1</source>
        <translation>接班：%1</translation>
    </message>
    <message>
        <source>Shift begun: %1, leader %2</source>
        <translation>接班：%1，带班 %2</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1，至 %2</translation>
    </message>
    <message>
        <source>Alarm sound muted until %1</source>
        <translation>告警音静音至 %1</translation>
    </message>
    <message>
        <source>Alarm sound muted</source>
        <translation>告警音已静音</translation>
    </message>
    <message>
        <source>Alarm sound on again</source>
        <translation>告警音已恢复</translation>
    </message>
    <message>
        <source>Exercise begun</source>
        <translation>演练开始</translation>
    </message>
    <message>
        <source>Exercise begun: %1</source>
        <translation>演练开始：%1</translation>
    </message>
    <message>
        <source>Exercise ended</source>
        <translation>演练结束</translation>
    </message>
    <message>
        <source>An input of %1 cannot be read and is kept aside</source>
        <translation>%1 的一条输入无法解析，已隔离</translation>
    </message>
    <message>
        <source>%1 inputs of %2 cannot be read and are kept aside</source>
        <translation>%2 的 %1 条输入无法解析，已隔离</translation>
    </message>
    <message>
        <source>Looked at who told %1</source>
        <translation>查看了报告人：%1</translation>
    </message>
    <message>
        <source>Call recorded: %1</source>
        <translation>来电已登记：%1</translation>
    </message>
    <message>
        <source>Call from %1 recorded: %2</source>
        <translation>%1来电已登记：%2</translation>
    </message>
    <message>
        <source>Call amended: %1</source>
        <translation>来电已补充：%1</translation>
    </message>
    <message>
        <source>Call from %1 amended: %2</source>
        <translation>%1来电已补充：%2</translation>
    </message>
    <message>
        <source>Sensor of %1: %2</source>
        <translation>%1 的传感器：%2</translation>
    </message>
    <message>
        <source>%1 sensors of %2</source>
        <translation>%2 的 %1 个传感器</translation>
    </message>
    <message>
        <source>Number %1 in quarantine is wanted no more</source>
        <translation>隔离区第 %1 号不再需要</translation>
    </message>
    <message>
        <source>Number %1 in quarantine was taken again</source>
        <translation>隔离区第 %1 号已重新收取</translation>
    </message>
    <message>
        <source>%1 resources</source>
        <translation>%1 项资源</translation>
    </message>
    <message>
        <source>New in the resource database: %1</source>
        <translation>资源库新增：%1</translation>
    </message>
    <message>
        <source>New in the resource database: %1 (%2)</source>
        <translation>资源库新增：%1（%2）</translation>
    </message>
    <message>
        <source>Record changed: %1</source>
        <translation>记录已修改：%1</translation>
    </message>
    <message>
        <source>Record changed: %1 (%2)</source>
        <translation>记录已修改：%1（%2）</translation>
    </message>
    <message>
        <source>Retired: %1</source>
        <translation>已注销：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>resource, status</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Counted: %1, %2 of %3 taken</source>
        <translation>已清点：%1，已占用 %2/%3</translation>
    </message>
    <message>
        <source>Counted: %1</source>
        <translation>已清点：%1</translation>
    </message>
    <message>
        <source>Maintenance done: %1</source>
        <translation>维护完成：%1</translation>
    </message>
    <message>
        <source>Maintenance failed: %1</source>
        <translation>维护未通过：%1</translation>
    </message>
    <message>
        <source>Ready: %1 was checked</source>
        <translation>战备检查合格：%1</translation>
    </message>
    <message>
        <source>Not ready: %1 was checked</source>
        <translation>战备检查不合格：%1</translation>
    </message>
    <message>
        <source>Is deciding about %1</source>
        <translation>正在决定是否调用%1</translation>
    </message>
    <message>
        <source>Decides no longer about %1</source>
        <translation>不再占用%1</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <comment>quantity, unit, supply</comment>
        <translation>%3 %1 %2</translation>
    </message>
    <message>
        <source>Stock in at %1: %2</source>
        <translation>%1入库：%2</translation>
    </message>
    <message>
        <source>Stock out of %1: %2</source>
        <translation>%1出库：%2</translation>
    </message>
    <message>
        <source>Stock from %1 to %2: %3</source>
        <translation>从%1调拨到%2：%3</translation>
    </message>
    <message>
        <source>Stock counted at %1: %2</source>
        <translation>%1盘点：%2</translation>
    </message>
    <message>
        <source>Stock written off at %1: %2</source>
        <translation>%1报废：%2</translation>
    </message>
    <message>
        <source>%1 (document %2)</source>
        <translation>%1（单据 %2）</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等另 %2 项</translation>
    </message>
    <message>
        <source>%1; otherwise than recommended: %2</source>
        <translation>%1；未按推荐：%2</translation>
    </message>
    <message>
        <source>Proposed to send %1 to %2: waits for the leader</source>
        <translation>拟派 %1 前往%2：待领导批示</translation>
    </message>
    <message>
        <source>Decided to send %1 to %2</source>
        <translation>决定派 %1 前往%2</translation>
    </message>
    <message>
        <source>%1 approves sending %2 to %3</source>
        <translation>%1 批准派 %2 前往%3</translation>
    </message>
    <message>
        <source>%1 refuses to send %2 to %3</source>
        <translation>%1 不批准派 %2 前往%3</translation>
    </message>
    <message>
        <source>%1 answers the roll call</source>
        <translation>%1 应答点名</translation>
    </message>
    <message>
        <source>%1 answers the roll call: %2</source>
        <translation>%1 应答点名：%2</translation>
    </message>
    <message>
        <source>Another way for %1</source>
        <translation>%1 改走新路线</translation>
    </message>
    <message>
        <source>Another way for %1, expected at %2</source>
        <translation>%1 改走新路线，预计 %2 到达</translation>
    </message>
    <message>
        <source>Call-down %1 begun with %2, %3 on the list</source>
        <translation>轮呼%1开始，先呼 %2，名单共 %3</translation>
    </message>
    <message>
        <source>Call-down %1: no answer from %2, now %3</source>
        <translation>轮呼%1：%2 无应答，现呼 %3</translation>
    </message>
    <message>
        <source>Call-down %1: now %2</source>
        <translation>轮呼%1：现呼 %2</translation>
    </message>
    <message>
        <source>Call-down %1: %2 could not be reached</source>
        <translation>轮呼%1：未能联系 %2</translation>
    </message>
    <message>
        <source>Call-down %1: somebody could not be reached</source>
        <translation>轮呼%1：有人未能联系上</translation>
    </message>
    <message>
        <source>Call-down %1: %2 has answered: %3</source>
        <translation>轮呼%1：%2 已应答：%3</translation>
    </message>
    <message>
        <source>Call-down %1: %2 has answered</source>
        <translation>轮呼%1：%2 已应答</translation>
    </message>
    <message>
        <source>Call-down %1: nobody on the list has answered</source>
        <translation>轮呼%1：名单无人应答</translation>
    </message>
    <message>
        <source>Call-down %1 ended</source>
        <translation>轮呼%1结束</translation>
    </message>
    <message>
        <source>a partner</source>
        <translation>某互助单位</translation>
    </message>
    <message>
        <source>Mutual aid %1 drafted to %2: %3</source>
        <translation>起草互助 %1 致 %2：%3</translation>
    </message>
    <message>
        <source>Mutual aid %1 sent to %2: %3</source>
        <translation>互助 %1 已发往 %2：%3</translation>
    </message>
    <message>
        <source>%1 lends, mutual aid %2</source>
        <translation>%1 同意支援，互助 %2</translation>
    </message>
    <message>
        <source>%1 declines, mutual aid %2</source>
        <translation>%1 拒绝支援，互助 %2</translation>
    </message>
    <message>
        <source>Mutual aid %1 from %2 has arrived: %3</source>
        <translation>互助 %1，来自 %2，已到达：%3</translation>
    </message>
    <message>
        <source>Mutual aid %1 given back to %2</source>
        <translation>互助 %1 已归还 %2</translation>
    </message>
    <message>
        <source>Mutual aid %1 to %2 called off</source>
        <translation>互助 %1（致 %2）已取消</translation>
    </message>
    <message>
        <source>Roads: %1</source>
        <translation>路况：%1</translation>
    </message>
    <message>
        <source>Warning held back, its signature is not trusted: %1, %2</source>
        <translation>预警已暂留，其签名不受信任：%1，%2</translation>
    </message>
    <message>
        <source>Cancellation held back, its signature is not trusted: %1</source>
        <translation>解除消息已暂留，其签名不受信任：%1</translation>
    </message>
    <message>
        <source>Cancellation that was held back accepted: %1</source>
        <translation>已采信暂留的解除消息：%1</translation>
    </message>
    <message>
        <source>Warning that was held back put in force: %1</source>
        <translation>暂留的预警已生效：%1</translation>
    </message>
    <message>
        <source>Sensor changed in the register: %1</source>
        <translation>登记簿中已更改传感器：%1</translation>
    </message>
    <message>
        <source>%1 sensors changed in the register</source>
        <translation>登记簿中已更改 %1 个传感器</translation>
    </message>
    <message>
        <source>%1 inputs in quarantine are wanted no more</source>
        <translation>隔离区 %1 条内容不再需要</translation>
    </message>
    <message>
        <source>%1 inputs in quarantine were taken again</source>
        <translation>隔离区 %1 条内容已重新接收</translation>
    </message>
    <message>
        <source>Duty shifts changed: %1</source>
        <translation>班次已更改：%1</translation>
    </message>
    <message>
        <source>New call-down list %1 with %2 steps</source>
        <translation>新呼叫名单%1，共 %2 步</translation>
    </message>
    <message>
        <source>Call-down list %1 changed: %2 steps</source>
        <translation>呼叫名单%1已更改：%2 步</translation>
    </message>
    <message>
        <source>Call-down list %1 removed</source>
        <translation>呼叫名单%1已删除</translation>
    </message>
    <message>
        <source>No incident, %1: %2</source>
        <translation>认定不是突发事件，%1：%2</translation>
    </message>
    <message>
        <source>No incident, %1</source>
        <translation>认定不是突发事件，%1</translation>
    </message>
    <message>
        <source>Written to %1: %2</source>
        <comment>a unit, what</comment>
        <translation>发给 %1：%2</translation>
    </message>
    <message>
        <source>What was written to %1 was handed to its phone</source>
        <translation>发给 %1 的消息已送达其手机</translation>
    </message>
    <message>
        <source>What was written to %1 could not be handed over: call it by voice</source>
        <translation>发给 %1 的消息未能送达：请语音呼叫</translation>
    </message>
    <message>
        <source>%1; there is no plan called %2</source>
        <translation>%1；没有名为%2的预案</translation>
    </message>
    <message>
        <source>%1; plan %2, which the alarm&apos;s rule suggests</source>
        <translation>%1；采用告警规则建议的预案%2</translation>
    </message>
    <message>
        <source>%1; plan %2 in the place of its needs</source>
        <translation>%1；以预案%2替换其需求</translation>
    </message>
    <message>
        <source>%1; plan %2, what was missing added</source>
        <translation>%1；采用预案%2，补上所缺需求</translation>
    </message>
    <message>
        <source>%1; plan %2, its needs stay</source>
        <translation>%1；采用预案%2，需求不变</translation>
    </message>
    <message>
        <source>%1; plan %2</source>
        <translation>%1；预案%2</translation>
    </message>
    <message>
        <source>%1; plan %2, since there is none called %3</source>
        <translation>%1；预案%2，因没有名为%3的预案</translation>
    </message>
    <message>
        <source>An incident was moved to another place</source>
        <translation>事件地点已更改</translation>
    </message>
    <message>
        <source>%1 moved to %2</source>
        <translation>%1移至 %2</translation>
    </message>
    <message>
        <source>%1 moved from %2 to %3</source>
        <translation>%1由 %2 移至 %3</translation>
    </message>
    <message>
        <source>%1; to be told on their way: %2</source>
        <translation>%1；须通知途中的：%2</translation>
    </message>
    <message>
        <source>Another plan for %1</source>
        <translation>更改%1的预案</translation>
    </message>
    <message>
        <source>the recall</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>another way</source>
        <translation>改道</translation>
    </message>
    <message>
        <source>the order</source>
        <translation>任务单</translation>
    </message>
    <message>
        <source>Handed to the phone of %1: %2</source>
        <comment>a team, what</comment>
        <translation>已送达 %1 的手机：%2</translation>
    </message>
    <message>
        <source>Told to %1 by voice: %2</source>
        <comment>a team, what</comment>
        <translation>已口头告知 %1：%2</translation>
    </message>
    <message>
        <source>Reached no phone of %1, to be told by voice: %2</source>
        <comment>a team, what</comment>
        <translation>未能送达 %1 的手机，须口头传达：%2</translation>
    </message>
    <message>
        <source>The clock was set back: claims and what is waited for go on for the time they had left</source>
        <translation>时钟被调回：占用与等待的事项按其剩余时间继续</translation>
    </message>
    <message>
        <source>Told %1: %2</source>
        <comment>person, alarm</comment>
        <translation>已通知 %1：%2</translation>
    </message>
    <message>
        <source>%1 sensors retired</source>
        <translation>%1 个传感器已注销</translation>
    </message>
    <message>
        <source>%1 retired sensors brought back</source>
        <translation>%1 个已注销的传感器恢复使用</translation>
    </message>
    <message>
        <source>Sensor retired: %1</source>
        <translation>传感器已注销：%1</translation>
    </message>
    <message>
        <source>Retired sensor brought back: %1</source>
        <translation>已注销的传感器恢复使用：%1</translation>
    </message>
    <message>
        <source>Call-down %1 not begun: %2</source>
        <comment>list, why</comment>
        <translation>轮呼%1未启动：%2</translation>
    </message>
    <message>
        <source>Call-down %1: the turn of %2 passed, nobody said that they were called; now %3</source>
        <translation>轮呼%1：%2 的轮次已过，无人确认曾呼叫；现轮到 %3</translation>
    </message>
    <message>
        <source>Call-down %1: the list is at its end, and for %2 nobody said that a call was made</source>
        <translation>轮呼%1已到末尾，其中 %2无人确认曾呼叫</translation>
    </message>
    <message>
        <source>the new place</source>
        <translation>新地点</translation>
    </message>
    <message>
        <source>Told to %1: %2</source>
        <comment>a team, what</comment>
        <translation>已告知 %1：%2</translation>
    </message>
    <message>
        <source>%1 has a PIN from now on</source>
        <translation>%1从现在起设有PIN码</translation>
    </message>
    <message>
        <source>The PIN of %1 was changed</source>
        <translation>%1的PIN码已更换</translation>
    </message>
    <message>
        <source>%1 has no PIN any more</source>
        <translation>%1不再有PIN码</translation>
    </message>
    <message>
        <source>A wrong PIN for %1 at %2, %3 in a row: the next try waits %4 s</source>
        <translation>在%2为%1输入的PIN码错误，已连续%3次：%4秒后才能再试</translation>
    </message>
    <message>
        <source>the desk&apos;s own window</source>
        <translation>值守台本机窗口</translation>
    </message>
    <message>
        <source>seat %1</source>
        <translation>席位%1</translation>
    </message>
    <message>
        <source>%1 takes back the plan to send %2 to %3</source>
        <translation>%1 撤回派 %2 前往%3的方案</translation>
    </message>
    <message>
        <source>The way of %1 is open again</source>
        <translation>%1 的路线恢复通行</translation>
    </message>
    <message>
        <source>The way of %1 is blocked</source>
        <translation>%1 的路线受阻</translation>
    </message>
    <message>
        <source>The way of %1 is blocked at %2</source>
        <comment>a team, a closure or road</comment>
        <translation>%1 的路线在%2受阻</translation>
    </message>
    <message>
        <source>%1; by another way there at %2</source>
        <translation>%1；改道预计 %2 到达</translation>
    </message>
    <message>
        <source>%1; no way is left</source>
        <translation>%1；已无路可达</translation>
    </message>
    <message>
        <source>Cancellation that takes nothing back, for what it names is not here or is trusted more: %1</source>
        <translation>解除消息未解除任何预警（所指预警不在此处，或其可信度更高）：%1</translation>
    </message>
    <message>
        <source>Looked at number %1 in quarantine, of %2, which may say who reported</source>
        <translation>查看了隔离区第 %1 号（来自 %2），其中可能有报告人信息</translation>
    </message>
    <message>
        <source>%1 readings corrected as %2 says, the first of %3</source>
        <comment>count, feed, sensor</comment>
        <translation>按%2更正了 %1 个监测值，第一个属于%3</translation>
    </message>
    <message>
        <source>%1, %2: corrected as %3 says, %4 in place of %5</source>
        <comment>sensor, time, feed, value, value before</comment>
        <translation>%1，%2：按%3更正，以 %4 取代 %5</translation>
    </message>
    <message>
        <source>%1 lends, mutual aid %2: %3</source>
        <translation>%1 同意支援，互助 %2：%3</translation>
    </message>
    <message>
        <source>%1 (another report came under the same id before)</source>
        <translation>%1（此前已有同一编号的另一条报告）</translation>
    </message>
    <message>
        <source>The sender changed the report, now: %1</source>
        <translation>报告已由发送方修改，现为：%1</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ShelterForm</name>
    <message>
        <source>Type how many people go there.</source>
        <translation>请输入前往人数。</translation>
    </message>
    <message>
        <source>“%1” is no whole number of people.</source>
        <translation>“%1”不是整数人数。</translation>
    </message>
    <message>
        <source>At least one person goes there. Delete takes it out of the plan.</source>
        <translation>至少须有一人前往。按 Delete 可将其移出方案。</translation>
    </message>
    <message>
        <source>%1 places are free there, not %2.</source>
        <translation>该处空余 %1 个位置，容纳不下 %2 人。</translation>
    </message>
    <message>
        <source>%1 places: %2 taken, %3 promised to people on their way, %4 free</source>
        <translation>共 %1 个位置：已用 %2，预留给途中人员 %3，空余 %4</translation>
    </message>
    <message>
        <source>Shelter for %1 of %2</source>
        <comment>people, people who need it</comment>
        <translation>可安置 %1 人 / 需安置%2</translation>
    </message>
    <message>
        <source>%1, %2 missing</source>
        <translation>%1，还缺 %2</translation>
    </message>
    <message>
        <source>%1, %2 more than is needed</source>
        <translation>%1，多出 %2</translation>
    </message>
    <message>
        <source>Shelter</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>How many go to %1</source>
        <translation>多少人前往%1</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>People who go there</source>
        <translation>前往人数</translation>
    </message>
    <message>
        <source>Take this number</source>
        <translation>采用此人数</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>1 place is free there, not %1.</source>
        <translation>该处空余 1 个位置，容纳不下 %1 人。</translation>
    </message>
    <message>
        <source>%1 place: %2 taken, %3 promised to people on their way, %4 free</source>
        <translation>共 %1 个位置：已用 %2，预留给途中人员 %3，空余 %4</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ShelveDialog</name>
    <message>
        <source>Shelve %1</source>
        <translation>搁置 %1</translation>
    </message>
    <message>
        <source>Shelve %1 for how long?</source>
        <translation>将 %1 搁置多久？</translation>
    </message>
    <message>
        <source>&amp;15 min</source>
        <translation>15 分(&amp;1)</translation>
    </message>
    <message>
        <source>&amp;1 h</source>
        <translation>1 时(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;8 h</source>
        <translation>8 时(&amp;8)</translation>
    </message>
    <message>
        <source>&amp;until</source>
        <translation>至(&amp;U)</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>到何时</translation>
    </message>
    <message>
        <source>Reason; it goes into the duty log</source>
        <translation>理由（记入值班日志）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 of severity I</source>
        <translation>其中 I 级 %1</translation>
    </message>
    <message>
        <source>%1 of severity II</source>
        <translation>其中 II 级 %1</translation>
    </message>
    <message>
        <source>%1 that nobody has acknowledged</source>
        <translation>其中未确认 %1</translation>
    </message>
    <message>
        <source>Hidden until then: %1. They make no sound, stay counted under “set aside”, and come back by themselves.</source>
        <translation>在此之前隐藏：%1。不发声，仍计入“搁开”，到时自行恢复。</translation>
    </message>
    <message>
        <source>Shelve %1 until %2</source>
        <translation>搁置 %1 至 %2</translation>
    </message>
    <message>
        <source>it</source>
        <translation>该告警</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::UnitView</name>
    <message>
        <source>Show on the map</source>
        <translation>在地图上显示</translation>
    </message>
    <message>
        <source>Carries</source>
        <translation>对应资源</translation>
    </message>
    <message>
        <source>The resource that this unit carries</source>
        <translation>该单元对应的资源</translation>
    </message>
    <message>
        <source>Go to the resource</source>
        <translation>查看资源</translation>
    </message>
    <message>
        <source>Calls for help</source>
        <translation>正在求救</translation>
    </message>
    <message>
        <source>Not heard for long</source>
        <translation>久无信号</translation>
    </message>
    <message>
        <source>%1 km/h</source>
        <translation>%1 公里/小时</translation>
    </message>
    <message>
        <source>%1°</source>
        <translation>%1°</translation>
    </message>
    <message>
        <source>± %1 m</source>
        <translation>± %1 米</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 米</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>队伍</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>职责</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Feed</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>航向</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Position told</source>
        <translation>上次报告位置</translation>
    </message>
    <message>
        <source>never yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>No resource</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The unit could not be bound: %1</source>
        <translation>无法绑定该单元：%1</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>A message to this unit</source>
        <translation>发给该单元的消息</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send the message to this unit</source>
        <translation>向该单元发送消息</translation>
    </message>
    <message>
        <source>Write to it</source>
        <translation>给它写消息</translation>
    </message>
    <message>
        <source>It only tells where it is</source>
        <translation>它只报告位置</translation>
    </message>
    <message>
        <source>It was not sent: %1</source>
        <translation>未发送：%1</translation>
    </message>
    <message>
        <source>%1: under way</source>
        <comment>who wrote it</comment>
        <translation>%1：发送中</translation>
    </message>
    <message>
        <source>%1: handed to its phone</source>
        <comment>who wrote it</comment>
        <translation>%1：已送达手机</translation>
    </message>
    <message>
        <source>%1: not handed over, call by voice</source>
        <comment>who wrote it</comment>
        <translation>%1：未送达，请语音呼叫</translation>
    </message>
    <message>
        <source>To it: %1</source>
        <translation>发出：%1</translation>
    </message>
    <message>
        <source>It goes over the phone&apos;s connection (TCP, TLS or a TAK server). A phone that is heard only by datagrams (UDP) is sent nothing: call it by voice.</source>
        <translation>消息经手机的连接（TCP、TLS 或 TAK 服务器）发送。仅通过数据报（UDP）接入的手机不会收到：请语音呼叫。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::WaitingBar</name>
    <message>
        <source>%1 unacknowledged, not in this list</source>
        <translation>%1 条未确认，不在此列表中</translation>
    </message>
    <message>
        <source>unacknowledged: ↑ %1 above, ↓ %2 below</source>
        <translation>未确认：上方 ↑ %1 条，下方 ↓ %2 条</translation>
    </message>
    <message>
        <source>↑ %1 unacknowledged above</source>
        <translation>↑ 上方还有 %1 条未确认</translation>
    </message>
    <message>
        <source>↓ %1 unacknowledged below</source>
        <translation>↓ 下方还有 %1 条未确认</translation>
    </message>
    <message>
        <source>Goes to the next of them, as does F2 in the list</source>
        <translation>转到其中下一条；在列表中按 F2 亦可</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::WarningView</name>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>signed, not verified</source>
        <translation>已签名，未验证</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>valid, of %1</source>
        <translation>有效，签名者：%1</translation>
    </message>
    <message>
        <source>right, but of a signer whom the county does not know</source>
        <translation>签名正确，但签名者不在本县信任名单中</translation>
    </message>
    <message>
        <source>right, but of %1, whom the county does not know</source>
        <translation>签名正确，但签名者 %1 不在本县信任名单中</translation>
    </message>
    <message>
        <source>✕ not valid: the message may have been changed</source>
        <translation>✕ 无效：消息可能已被更改</translation>
    </message>
    <message>
        <source>warning · %1 · %2</source>
        <comment>colour, state</comment>
        <translation>预警 · %1 · %2</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效至</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Severity, urgency, certainty</source>
        <translation>严重性、紧急性、确定性</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>发布单位</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>防御指南</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Strays from the standard</source>
        <translation>与标准不符之处</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源可信度</translation>
    </message>
    <message>
        <source>Its signature is not one that its feed asks for. It raises no alarm and stands on no map until somebody has made sure of it, for instance by telephone.</source>
        <translation>其签名不符合该数据源的要求。在有人核实（例如打电话）之前，它不触发告警，也不显示在地图上。</translation>
    </message>
    <message>
        <source>Accept the cancellation</source>
        <translation>采信该解除消息</translation>
    </message>
    <message>
        <source>Put it in force</source>
        <translation>使其生效</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::Words</name>
    <message>
        <source>No incident is open</source>
        <translation>没有未结事件</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1时%2分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1天%2时</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>never</source>
        <translation>无法到达</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>grade I · extraordinary</source>
        <translation>I 级 特别重大</translation>
    </message>
    <message>
        <source>grade II · major</source>
        <translation>II 级 重大</translation>
    </message>
    <message>
        <source>grade III · considerable</source>
        <translation>III 级 较大</translation>
    </message>
    <message>
        <source>grade IV · ordinary</source>
        <translation>IV 级 一般</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>numeral, colour</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>natural disaster</source>
        <translation>自然灾害</translation>
    </message>
    <message>
        <source>accident</source>
        <translation>事故灾难</translation>
    </message>
    <message>
        <source>public health</source>
        <translation>公共卫生</translation>
    </message>
    <message>
        <source>social security</source>
        <translation>社会安全</translation>
    </message>
    <message>
        <source>NORMAL</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>UNACK</source>
        <translation>未确认</translation>
    </message>
    <message>
        <source>ACK</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>ACK · %1</source>
        <translation>已确认 · %1</translation>
    </message>
    <message>
        <source>RTN</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>LATCHED</source>
        <translation>锁存</translation>
    </message>
    <message>
        <source>SHELVED</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>SUPPRESSED</source>
        <translation>抑制</translation>
    </message>
    <message>
        <source>OUT</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>over</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>unacknowledged</source>
        <translation>未确认</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>acknowledged by %1</source>
        <translation>%1 已确认</translation>
    </message>
    <message>
        <source>back to normal, unacknowledged</source>
        <translation>已恢复正常，未确认</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>suppressed by design</source>
        <translation>按设计抑制</translation>
    </message>
    <message>
        <source>out of service</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>to triage</source>
        <translation>待核</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>已核实</translation>
    </message>
    <message>
        <source>needs more</source>
        <translation>待补充</translation>
    </message>
    <message>
        <source>dismissed</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>生效中</translation>
    </message>
    <message>
        <source>superseded</source>
        <translation>已被取代</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已解除</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>team</source>
        <translation>队伍</translation>
    </message>
    <message>
        <source>vehicle</source>
        <translation>车辆</translation>
    </message>
    <message>
        <source>warehouse</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>shelter</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>hospital</source>
        <translation>医疗机构</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>mobile facility</source>
        <translation>移动设施</translation>
    </message>
    <message>
        <source>station</source>
        <translation>站点</translation>
    </message>
    <message>
        <source>enterprise</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>volunteer</source>
        <translation>志愿者</translation>
    </message>
    <message>
        <source>grid member</source>
        <translation>网格员</translation>
    </message>
    <message>
        <source>mutual-aid partner</source>
        <translation>互助伙伴</translation>
    </message>
    <message>
        <source>in maintenance</source>
        <translation>维护中</translation>
    </message>
    <message>
        <source>off duty</source>
        <translation>下班</translation>
    </message>
    <message>
        <source>available</source>
        <translation>待命</translation>
    </message>
    <message>
        <source>assigned</source>
        <translation>已派</translation>
    </message>
    <message>
        <source>%1 L%2 × %3</source>
        <comment>capability, level, quantity</comment>
        <translation>%1 %2级 × %3</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>拟派</translation>
    </message>
    <message>
        <source>notified</source>
        <translation>已通知</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>en route</source>
        <translation>途中</translation>
    </message>
    <message>
        <source>on scene</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>released</source>
        <translation>已解除</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>拟派</translation>
    </message>
    <message>
        <source>Notify</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Mark accepted</source>
        <translation>记为接受</translation>
    </message>
    <message>
        <source>Mark en route</source>
        <translation>记为出发</translation>
    </message>
    <message>
        <source>Mark on scene</source>
        <translation>记为到场</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>river level</source>
        <translation>河道水位</translation>
    </message>
    <message>
        <source>rain</source>
        <translation>雨量</translation>
    </message>
    <message>
        <source>soil movement</source>
        <translation>土体位移</translation>
    </message>
    <message>
        <source>seismic intensity</source>
        <translation>地震烈度</translation>
    </message>
    <message>
        <source>smoke</source>
        <translation>烟感</translation>
    </message>
    <message>
        <source>weather</source>
        <translation>气象</translation>
    </message>
    <message>
        <source>sensor</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>farther away</source>
        <translation>更远</translation>
    </message>
    <message>
        <source>busy elsewhere</source>
        <translation>正执行其他任务</translation>
    </message>
    <message>
        <source>lacks the capability</source>
        <translation>无此能力</translation>
    </message>
    <message>
        <source>level too low</source>
        <translation>级别不够</translation>
    </message>
    <message>
        <source>no road leads there</source>
        <translation>无路可达</translation>
    </message>
    <message>
        <source>cannot travel by itself</source>
        <translation>不能自行机动</translation>
    </message>
    <message>
        <source>crew has worked too long</source>
        <translation>人员执勤已超时</translation>
    </message>
    <message>
        <source>position too old</source>
        <translation>位置过旧</translation>
    </message>
    <message>
        <source>too far to help in time</source>
        <translation>距离过远，无法按时到达</translation>
    </message>
    <message>
        <source>another is deciding about it</source>
        <translation>他人正在决定其去向</translation>
    </message>
    <message>
        <source>cannot carry it</source>
        <translation>无法装载</translation>
    </message>
    <message>
        <source>%1: %2 missing, nobody has it</source>
        <translation>%1：缺 %2，无人具备</translation>
    </message>
    <message>
        <source>%1: %2 missing, all who have it are busy</source>
        <translation>%1：缺 %2，具备者均在执行任务</translation>
    </message>
    <message>
        <source>%1: %2 missing, no road leads there</source>
        <translation>%1：缺 %2，无路可达</translation>
    </message>
    <message>
        <source>%1: %2 missing, nobody has the level</source>
        <translation>%1：缺 %2，无人达到所需等级</translation>
    </message>
    <message>
        <source>%1: %2 missing, crews have worked too long</source>
        <translation>%1：缺 %2，人员执勤均已超时</translation>
    </message>
    <message>
        <source>%1: %2 missing, another is deciding about them</source>
        <translation>%1：缺 %2，他人正在决定其去向</translation>
    </message>
    <message>
        <source>%1: %2 missing</source>
        <translation>%1：缺 %2</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>被拒绝：%1</translation>
    </message>
    <message>
        <source>1 alarm</source>
        <translation>1 条告警</translation>
    </message>
    <message>
        <source>%1 alarms</source>
        <translation>%1 条告警</translation>
    </message>
    <message>
        <source>1 report</source>
        <translation>报告 1 件</translation>
    </message>
    <message>
        <source>%1 reports</source>
        <translation>报告 %1 件</translation>
    </message>
    <message>
        <source>1 team</source>
        <translation>1 支队伍</translation>
    </message>
    <message>
        <source>%1 teams</source>
        <translation>%1 支队伍</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 人</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 人</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>flood</source>
        <translation>洪涝</translation>
    </message>
    <message>
        <source>fire</source>
        <translation>火灾</translation>
    </message>
    <message>
        <source>forest fire</source>
        <translation>森林火灾</translation>
    </message>
    <message>
        <source>landslide</source>
        <translation>滑坡</translation>
    </message>
    <message>
        <source>equipment fault</source>
        <translation>设备故障</translation>
    </message>
    <message>
        <source>unusual weather</source>
        <translation>异常天气</translation>
    </message>
    <message>
        <source>warning of others</source>
        <translation>外部预警</translation>
    </message>
    <message>
        <source>rockfall</source>
        <translation>崩塌落石</translation>
    </message>
    <message>
        <source>debris flow</source>
        <translation>泥石流</translation>
    </message>
    <message>
        <source>avalanche</source>
        <translation>雪崩</translation>
    </message>
    <message>
        <source>earthquake</source>
        <translation>地震</translation>
    </message>
    <message>
        <source>storm</source>
        <translation>大风</translation>
    </message>
    <message>
        <source>heavy rain</source>
        <translation>暴雨</translation>
    </message>
    <message>
        <source>rainstorm</source>
        <translation>暴雨</translation>
    </message>
    <message>
        <source>severe cold</source>
        <translation>寒潮</translation>
    </message>
    <message>
        <source>power failure</source>
        <translation>停电</translation>
    </message>
    <message>
        <source>road accident</source>
        <translation>交通事故</translation>
    </message>
    <message>
        <source>chemical accident</source>
        <translation>化学事故</translation>
    </message>
    <message>
        <source>explosion</source>
        <translation>爆炸</translation>
    </message>
    <message>
        <source>collapsed building</source>
        <translation>建筑倒塌</translation>
    </message>
    <message>
        <source>public unrest</source>
        <translation>群体事件</translation>
    </message>
    <message>
        <source>missing person</source>
        <translation>人员失踪</translation>
    </message>
    <message>
        <source>water supply</source>
        <translation>供水</translation>
    </message>
    <message>
        <source>drinking water</source>
        <translation>饮用水</translation>
    </message>
    <message>
        <source>food safety</source>
        <translation>食品安全</translation>
    </message>
    <message>
        <source>snow</source>
        <translation>降雪</translation>
    </message>
    <message>
        <source>heat</source>
        <translation>高温</translation>
    </message>
    <message>
        <source>drought</source>
        <translation>干旱</translation>
    </message>
    <message>
        <source>hazardous substance</source>
        <translation>危险化学品</translation>
    </message>
    <message>
        <source>rescue</source>
        <translation>救援</translation>
    </message>
    <message>
        <source>many injured</source>
        <translation>多人受伤</translation>
    </message>
    <message>
        <source>injury</source>
        <translation>人员受伤</translation>
    </message>
    <message>
        <source>epidemic</source>
        <translation>传染病</translation>
    </message>
    <message>
        <source>public security</source>
        <translation>社会安全</translation>
    </message>
    <message>
        <source>road</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>dyke defence</source>
        <translation>堤防抢险</translation>
    </message>
    <message>
        <source>water rescue</source>
        <translation>水上救援</translation>
    </message>
    <message>
        <source>pumping</source>
        <translation>排涝</translation>
    </message>
    <message>
        <source>firefighting</source>
        <translation>灭火</translation>
    </message>
    <message>
        <source>forest fire fighting</source>
        <translation>森林灭火</translation>
    </message>
    <message>
        <source>technical rescue</source>
        <translation>技术救援</translation>
    </message>
    <message>
        <source>mountain rescue</source>
        <translation>山地救援</translation>
    </message>
    <message>
        <source>urban search</source>
        <translation>城市搜救</translation>
    </message>
    <message>
        <source>search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>search and rescue</source>
        <translation>搜救</translation>
    </message>
    <message>
        <source>medical care</source>
        <translation>医疗救护</translation>
    </message>
    <message>
        <source>ambulance</source>
        <translation>急救转运</translation>
    </message>
    <message>
        <source>evacuation</source>
        <translation>转移安置</translation>
    </message>
    <message>
        <source>transport</source>
        <translation>运输</translation>
    </message>
    <message>
        <source>engineering</source>
        <translation>工程抢险</translation>
    </message>
    <message>
        <source>road clearing</source>
        <translation>道路抢通</translation>
    </message>
    <message>
        <source>hazardous substances</source>
        <translation>危化品处置</translation>
    </message>
    <message>
        <source>power supply</source>
        <translation>供电保障</translation>
    </message>
    <message>
        <source>power repair</source>
        <translation>电力抢修</translation>
    </message>
    <message>
        <source>hydrology</source>
        <translation>水文</translation>
    </message>
    <message>
        <source>air rescue</source>
        <translation>空中救援</translation>
    </message>
    <message>
        <source>communications</source>
        <translation>通信保障</translation>
    </message>
    <message>
        <source>reconnaissance</source>
        <translation>侦察</translation>
    </message>
    <message>
        <source>reconnaissance from the air</source>
        <translation>空中侦察</translation>
    </message>
    <message>
        <source>traffic control</source>
        <translation>交通管制</translation>
    </message>
    <message>
        <source>police</source>
        <translation>公安</translation>
    </message>
    <message>
        <source>shelter care</source>
        <translation>安置服务</translation>
    </message>
    <message>
        <source>logistics</source>
        <translation>后勤</translation>
    </message>
    <message>
        <source>command</source>
        <translation>指挥</translation>
    </message>
    <message>
        <source>epidemic control</source>
        <translation>疫情防控</translation>
    </message>
    <message>
        <source>geology</source>
        <translation>地质</translation>
    </message>
    <message>
        <source>immediate</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>预期</translation>
    </message>
    <message>
        <source>future</source>
        <translation>将来</translation>
    </message>
    <message>
        <source>past</source>
        <translation>已过</translation>
    </message>
    <message>
        <source>extreme</source>
        <translation>极严重</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>中等</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>轻微</translation>
    </message>
    <message>
        <source>observed</source>
        <translation>已观测到</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>很可能</translation>
    </message>
    <message>
        <source>possible</source>
        <translation>可能</translation>
    </message>
    <message>
        <source>unlikely</source>
        <translation>不大可能</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>actual</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>exercise</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>system</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>phone page</source>
        <translation>手机网页</translation>
    </message>
    <message>
        <source>web</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>reports</source>
        <translation>上报</translation>
    </message>
    <message>
        <source>readings</source>
        <translation>监测</translation>
    </message>
    <message>
        <source>gauges</source>
        <translation>水文</translation>
    </message>
    <message>
        <source>CAP</source>
        <translation>CAP</translation>
    </message>
    <message>
        <source>USGS</source>
        <translation>USGS</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>desk</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>call</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>LATCHED · UNACK</source>
        <translation>锁存 · 未确认</translation>
    </message>
    <message>
        <source>SHELVED · %1</source>
        <comment>until</comment>
        <translation>搁置 · %1</translation>
    </message>
    <message>
        <source>latched, unacknowledged</source>
        <translation>锁存，未确认</translation>
    </message>
    <message>
        <source>latched: stays until somebody resets it</source>
        <translation>锁存：需人工复位</translation>
    </message>
    <message>
        <source>shelved until %1</source>
        <translation>搁置至 %1</translation>
    </message>
    <message>
        <source>%1 × %2 %3</source>
        <comment>supply, amount, unit</comment>
        <translation>%1 × %2 %3</translation>
    </message>
    <message>
        <source>shelter × %1</source>
        <comment>people</comment>
        <translation>安置 × %1</translation>
    </message>
    <message>
        <source>piece</source>
        <translation>件</translation>
    </message>
    <message>
        <source>box</source>
        <translation>箱</translation>
    </message>
    <message>
        <source>pack</source>
        <translation>包</translation>
    </message>
    <message>
        <source>pair</source>
        <translation>副</translation>
    </message>
    <message>
        <source>set</source>
        <translation>套</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>台</translation>
    </message>
    <message>
        <source>roll</source>
        <translation>卷</translation>
    </message>
    <message>
        <source>bottle</source>
        <translation>瓶</translation>
    </message>
    <message>
        <source>bag</source>
        <translation>袋</translation>
    </message>
    <message>
        <source>barrel</source>
        <translation>桶</translation>
    </message>
    <message>
        <source>dry</source>
        <comment>roads</comment>
        <translation>干燥</translation>
    </message>
    <message>
        <source>rain</source>
        <comment>roads</comment>
        <translation>有雨</translation>
    </message>
    <message>
        <source>snow</source>
        <comment>roads</comment>
        <translation>积雪</translation>
    </message>
    <message>
        <source>ice</source>
        <comment>roads</comment>
        <translation>结冰</translation>
    </message>
    <message>
        <source>fog</source>
        <comment>roads</comment>
        <translation>有雾</translation>
    </message>
    <message>
        <source>held back, not in force</source>
        <translation>已暂留，未生效</translation>
    </message>
    <message>
        <source>official</source>
        <translation>官方来源</translation>
    </message>
    <message>
        <source>known source</source>
        <translation>已知来源</translation>
    </message>
    <message>
        <source>unverified source</source>
        <translation>未核实来源</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the code of this language</comment>
        <translation>zh_CN</translation>
    </message>
    <message>
        <source>line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>byte %1: %2</source>
        <translation>第 %1 字节：%2</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <comment>how long</comment>
        <translation>%1前</translation>
    </message>
    <message>
        <source>what it has is promised to others</source>
        <comment>a store</comment>
        <translation>库存已全部预留给他处</translation>
    </message>
    <message>
        <source>what it has has expired</source>
        <comment>a store</comment>
        <translation>库存已过期</translation>
    </message>
    <message>
        <source>counts it in another unit</source>
        <comment>a store</comment>
        <translation>按另一计量单位登记</translation>
    </message>
    <message>
        <source>has none left</source>
        <comment>a store</comment>
        <translation>已无库存</translation>
    </message>
    <message>
        <source>no place is free</source>
        <comment>a shelter</comment>
        <translation>没有空余床位</translation>
    </message>
    <message>
        <source>nearer, but counted too long ago to rely on</source>
        <comment>a store, a shelter</comment>
        <translation>更近，但清点时间过久，不宜依赖</translation>
    </message>
    <message>
        <source>nearer, but the plan as a whole is better without it</source>
        <comment>a store, a shelter</comment>
        <translation>更近，但整体方案不用它更优</translation>
    </message>
</context>
</TS>
