<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>DeskSentences</name>
    <message>
        <source>Not done, something in it is not right</source>
        <translation>未执行，内容有误</translation>
    </message>
    <message>
        <source>Not done, it is no longer there</source>
        <translation>未执行，对象已不存在</translation>
    </message>
    <message>
        <source>Not done, the desk has moved on</source>
        <translation>未执行，情况已变化</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>The desk is busy, try again in a moment</source>
        <translation>系统繁忙，请稍后再试</translation>
    </message>
    <message>
        <source>The desk cannot write, nothing was changed</source>
        <translation>系统无法写入，未作任何更改</translation>
    </message>
    <message>
        <source>The county&apos;s database is of a newer program</source>
        <translation>本县数据库由更新版本的程序创建</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The desk failed, nothing was changed</source>
        <translation>系统出错，未作任何更改</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ShellDuty</name>
    <message>
        <source>Duty shift</source>
        <translation>值班</translation>
    </message>
    <message>
        <source>Officer on duty</source>
        <translation>值班员</translation>
    </message>
    <message>
        <source>Name, as it shall stand in the log</source>
        <translation>姓名，将记入日志</translation>
    </message>
    <message>
        <source>Leader on duty</source>
        <translation>带班领导</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
</context>
<context>
    <name>ShellResponse</name>
    <message>
        <source>Response level</source>
        <translation>响应级别</translation>
    </message>
    <message>
        <source>The level stands in the top bar of every desk and goes into the duty log with your reason.</source>
        <translation>级别显示在每个席位的顶栏，并连同理由记入值班日志。</translation>
    </message>
    <message>
        <source>For what</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>flood</source>
        <translation>防汛</translation>
    </message>
    <message>
        <source>Reason, for the log</source>
        <translation>理由（记入日志）</translation>
    </message>
    <message>
        <source>Rhine passes 4.4 m at Vaduz</source>
        <translation>瓦杜兹站水位超过 4.4 m</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>保持不变</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::BarClock</name>
    <message>
        <source>The exercise&apos;s own time</source>
        <translation>演练时间</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CallTurnsTold</name>
    <message>
        <source>%1, %2</source>
        <comment>name, role</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>无号码</translation>
    </message>
    <message>
        <source>Call now: %1, %2. %3 left. Call-down %4, Shift+F12 opens it</source>
        <comment>who, number, how long, title</comment>
        <translation>请立即呼叫：%1，%2。剩余 %3。轮呼%4，按 Shift+F12 打开</translation>
    </message>
    <message>
        <source>Call-down %1: %2 has answered</source>
        <translation>轮呼%1：%2 已应答</translation>
    </message>
    <message>
        <source>Call-down %1 is at its end, and nobody has answered. Shift+F12 opens it</source>
        <translation>轮呼%1已到末尾，无人应答。按 Shift+F12 打开</translation>
    </message>
    <message>
        <source>Call-down %1 was ended</source>
        <translation>轮呼%1已结束</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ChatNotice</name>
    <message>
        <source>What was written to %1 could not be handed over: call it by voice (Ctrl+M shows it)</source>
        <translation>发给 %1 的消息未能送达：请语音呼叫（Ctrl+M 查看）</translation>
    </message>
    <message>
        <source>%1 writes: %2 (Ctrl+M shows it)</source>
        <comment>a unit, what</comment>
        <translation>%1 来信：%2（Ctrl+M 查看）</translation>
    </message>
    <message>
        <source>%1 writes: %2, and %3 other messages from the field (Ctrl+M shows it)</source>
        <comment>a unit, what</comment>
        <translation>%1 来信：%2，现场另有 %3 条消息（Ctrl+M 查看）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <comment>units</comment>
        <translation>%1 等，另有 %2 个</translation>
    </message>
    <message>
        <source>What was written to %1 could not be handed over: call them by voice (Ctrl+M shows the last)</source>
        <translation>发给 %1 的消息均未能送达：请逐一语音呼叫（Ctrl+M 查看最后一个）</translation>
    </message>
    <message>
        <source>%1 writes: %2, and 1 other message from the field (Ctrl+M shows it)</source>
        <comment>a unit, what</comment>
        <translation>%1 来信：%2，现场另有 1 条消息（Ctrl+M 查看）</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CommandPalette</name>
    <message>
        <source>command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>alarm</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>resource</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>sensor</source>
        <translation>测站</translation>
    </message>
    <message>
        <source>place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>coordinates</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Command, place, incident, team, sensor, coordinates</source>
        <translation>命令、地点、事件、队伍、测站、坐标</translation>
    </message>
    <message>
        <source>Search and commands</source>
        <translation>搜索与命令</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>图上标绘</translation>
    </message>
    <message>
        <source>Show on the map, as %1</source>
        <translation>在地图上显示（按 %1）</translation>
    </message>
    <message>
        <source>Show on the map, if it was meant as %1</source>
        <translation>若为 %1 坐标，则在此处显示</translation>
    </message>
    <message>
        <source>Nothing is called so: try fewer or other letters</source>
        <translation>没有找到：请减少或更换关键词</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DispatchQuestions</name>
    <message>
        <source>The roads are being read; the answer follows.</source>
        <translation>正在读取路网，稍后给出结果。</translation>
    </message>
    <message>
        <source>This county has no road network, so nobody&apos;s way can be found.</source>
        <translation>本县没有路网数据，无法计算路线。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DockTitle</name>
    <message>
        <source>Back into the window</source>
        <translation>放回窗口</translation>
    </message>
    <message>
        <source>Float, for a second screen</source>
        <translation>浮动（可放到第二屏幕）</translation>
    </message>
    <message>
        <source>Hide (its key brings it back)</source>
        <translation>隐藏（按其快捷键恢复）</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DutyDialog</name>
    <message>
        <source>Start a shift</source>
        <translation>开始值班</translation>
    </message>
    <message>
        <source>From now on the log names you for what is done at this desk.</source>
        <translation>此后本席位的操作都将以您的姓名记入日志。</translation>
    </message>
    <message>
        <source>Hand over from %1</source>
        <translation>%1 交班</translation>
    </message>
    <message>
        <source>Tell what is open before you leave: %1 incidents, %2 alarms waiting.</source>
        <translation>离岗前请交代未结事项：%1 个事件，%2 条待确认告警。</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>交班</translation>
    </message>
    <message>
        <source>Start the shift</source>
        <translation>开始值班</translation>
    </message>
    <message>
        <source>Hand over to %1</source>
        <translation>交班给 %1</translation>
    </message>
    <message>
        <source>Start the shift of %1</source>
        <translation>%1 开始值班</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ExerciseBadge</name>
    <message>
        <source>EXERCISE</source>
        <translation>演 练</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::FeedLamps</name>
    <message>
        <source>Feeds</source>
        <translation>数据来源</translation>
    </message>
    <message>
        <source>%1: nothing has come yet</source>
        <translation>%1：尚无数据</translation>
    </message>
    <message>
        <source>%1: nothing readable has come yet</source>
        <translation>%1：尚无可读数据</translation>
    </message>
    <message>
        <source>%1 could not be read and were put aside with the reason</source>
        <translation>%1 条无法读取，已连同原因隔离存放</translation>
    </message>
    <message>
        <source>Other feeds without trouble: %1</source>
        <translation>另有 %1 个数据源正常</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Of %1 of them only the beginning is kept: the room for this feed was full</source>
        <translation>其中 %1 条仅保留开头部分：该数据源的空间已满</translation>
    </message>
    <message>
        <source>%1: late, the last word came %2</source>
        <comment>feed, how long ago</comment>
        <translation>%1：迟到，最后一次消息：%2</translation>
    </message>
    <message>
        <source>%1: well, %2 taken, the last %3</source>
        <comment>feed, number, how long ago</comment>
        <translation>%1：正常，已收 %2 条，最近一次：%3</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Everything by keyboard</source>
        <translation>全部键盘操作</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>开始导览</translation>
    </message>
    <message>
        <source>Back to the desk</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::MainWindow</name>
    <message>
        <source>Search and commands</source>
        <translation>搜索与命令</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Details of what is selected</source>
        <translation>所选对象详情</translation>
    </message>
    <message>
        <source>Duty log</source>
        <translation>值班日志</translation>
    </message>
    <message>
        <source>Acknowledge the selected alarm</source>
        <translation>确认所选告警</translation>
    </message>
    <message>
        <source>Acknowledge all alarms</source>
        <translation>确认全部告警</translation>
    </message>
    <message>
        <source>New incident</source>
        <translation>新建事件</translation>
    </message>
    <message>
        <source>Send the recommended teams</source>
        <translation>派出推荐队伍</translation>
    </message>
    <message>
        <source>Set the response level</source>
        <translation>设置响应级别</translation>
    </message>
    <message>
        <source>Start or hand over the shift</source>
        <translation>开始值班或交接班</translation>
    </message>
    <message>
        <source>Mute the alarm sound for 5 minutes</source>
        <translation>告警声静音 5 分钟</translation>
    </message>
    <message>
        <source>Mute the alarm sound for 15 minutes</source>
        <translation>告警声静音 15 分钟</translation>
    </message>
    <message>
        <source>Mute the alarm sound for 30 minutes</source>
        <translation>告警声静音 30 分钟</translation>
    </message>
    <message>
        <source>Alarm sound on</source>
        <translation>开启告警声</translation>
    </message>
    <message>
        <source>Switch between English and Chinese</source>
        <translation>切换中文与英文</translation>
    </message>
    <message>
        <source>Switch between dark and light</source>
        <translation>切换深色与浅色</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>恢复默认布局</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>开始导览</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Select an alarm first (F2): nobody should acknowledge unseen.</source>
        <translation>请先选择一条告警 (F2)：未看清不应确认。</translation>
    </message>
    <message>
        <source>Select an incident with a recommendation first (F3).</source>
        <translation>请先选择有推荐方案的事件 (F3)。</translation>
    </message>
    <message>
        <source>The desk is starting …</source>
        <translation>系统正在启动……</translation>
    </message>
    <message>
        <source>Read only: the desk shows what it knows, but cannot write. Nothing can be changed here.</source>
        <translation>只读：系统可显示已有信息，但无法写入，此处不能更改任何内容。</translation>
    </message>
    <message>
        <source>Tocsin</source>
        <translation>警钟</translation>
    </message>
    <message>
        <source>%1 · Tocsin</source>
        <comment>window title: county</comment>
        <translation>%1 · 警钟</translation>
    </message>
    <message>
        <source>Map alone, or with all panels</source>
        <translation>仅地图，或恢复全部面板</translation>
    </message>
    <message>
        <source>Wall view</source>
        <translation>大屏视图</translation>
    </message>
    <message>
        <source>Rules of the alarms</source>
        <translation>告警规则</translation>
    </message>
    <message>
        <source>Feeds and quarantine</source>
        <translation>数据源与隔离区</translation>
    </message>
    <message>
        <source>Take a call</source>
        <translation>接听登记来电</translation>
    </message>
    <message>
        <source>Alarm load and worst offenders</source>
        <translation>告警负荷与最频繁的告警</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>panel, its key</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Those who were sent: board, supplies, calls, aid</source>
        <translation>已派出力量：看板、物资、轮呼、互助</translation>
    </message>
    <message>
        <source>Resource database</source>
        <translation>资源库</translation>
    </message>
    <message>
        <source>Roads are dry</source>
        <translation>路面干燥</translation>
    </message>
    <message>
        <source>Roads in rain</source>
        <translation>道路有雨</translation>
    </message>
    <message>
        <source>Roads with snow</source>
        <translation>道路积雪</translation>
    </message>
    <message>
        <source>Roads with ice</source>
        <translation>道路结冰</translation>
    </message>
    <message>
        <source>Roads in fog</source>
        <translation>道路有雾</translation>
    </message>
    <message>
        <source>Register of sensors</source>
        <translation>传感器登记簿</translation>
    </message>
    <message>
        <source>The desk has ended: nothing can be changed here until one runs again. To run it here, close this window and start Tocsin.</source>
        <translation>值守台已退出：在其重新运行之前，此处不能更改。若要在此运行值守台，请关闭此窗口并重新启动 Tocsin。</translation>
    </message>
    <message>
        <source>%1 · seat of %2 · Tocsin</source>
        <comment>window title: county, person</comment>
        <translation>%1 · %2的席位 · Tocsin</translation>
    </message>
    <message>
        <source>Capabilities and codes</source>
        <translation>能力与编码</translation>
    </message>
    <message>
        <source>Duty rosters: who is on duty, who comes next</source>
        <translation>值班表：谁在值班、谁接班</translation>
    </message>
    <message>
        <source>Add somebody to the plan</source>
        <translation>向方案添加资源</translation>
    </message>
    <message>
        <source>Select an open incident first (F3): its plan is what somebody is added to.</source>
        <translation>请先选择一个未结束的事件（F3）：资源将加入它的方案。</translation>
    </message>
    <message>
        <source>This seat was ended at the desk&apos;s own window: it only shows. To sit down again, close this window and start Tocsin.</source>
        <translation>此席位已在值守台本机窗口结束：只能查看。如需再次就座，请关闭此窗口并启动 Tocsin。</translation>
    </message>
    <message>
        <source>Call-downs: whose turn it is</source>
        <translation>轮呼：现在轮到谁</translation>
    </message>
    <message>
        <source>The unit that wrote last, and an answer to it</source>
        <translation>最近来信的单元，并回复</translation>
    </message>
    <message>
        <source>No unit has written since this window was opened.</source>
        <translation>本窗口打开以来没有单元来信。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::MapFollow</name>
    <message>
        <source>the whole county</source>
        <translation>全县</translation>
    </message>
    <message>
        <source>Held where you moved it · G follows the gravest incident again</source>
        <translation>已停在您移动到的位置 · 按 G 重新跟随最严重事件</translation>
    </message>
    <message>
        <source>Held where you moved it · C goes round again</source>
        <translation>已停在您移动到的位置 · 按 C 重新轮巡</translation>
    </message>
    <message>
        <source>Going round: %1 · C, or a drag, stops it</source>
        <translation>正在轮巡：%1 · 按 C 或拖动地图即停止</translation>
    </message>
    <message>
        <source>Will follow the gravest incident; none is open · G stops it</source>
        <translation>将跟随最严重事件；目前没有在办事件 · 按 G 停止</translation>
    </message>
    <message>
        <source>Following %1 %2 · G, or a drag, stops it</source>
        <comment>number, title</comment>
        <translation>正在跟随 %1 %2 · 按 G 或拖动地图即停止</translation>
    </message>
    <message>
        <source>Say no more</source>
        <translation>不再提示</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Follow the gravest incident</source>
        <translation>跟随最严重事件</translation>
    </message>
    <message>
        <source>Follow the gravest</source>
        <translation>跟随最严重</translation>
    </message>
    <message>
        <source>Go round the open incidents and named places</source>
        <translation>轮巡在办事件和常用地点</translation>
    </message>
    <message>
        <source>Go round</source>
        <translation>轮巡</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PinDialog</name>
    <message>
        <source>PIN of %1</source>
        <translation>%1的PIN码</translation>
    </message>
    <message>
        <source>This name has a PIN. Until it is given here, nobody sees contacts or approves a plan under it at this window.</source>
        <translation>此姓名设有PIN码。在此输入之前，任何人都不能在此窗口以此姓名查看联系方式或批准方案。</translation>
    </message>
    <message>
        <source>Give the PIN</source>
        <translation>输入PIN码</translation>
    </message>
    <message>
        <source>A PIN for %1</source>
        <translation>为%1设置PIN码</translation>
    </message>
    <message>
        <source>4 to 12 digits or letters. From then on whoever wants to be %1, at any window, is asked for it. Who forgets it has the county&apos;s administrator set another.</source>
        <translation>4至12位数字或字母。此后，无论在哪个窗口，要以%1的身份操作都须输入。忘记时请本县管理员重新设置。</translation>
    </message>
    <message>
        <source>Set the PIN</source>
        <translation>设置PIN码</translation>
    </message>
    <message>
        <source>Another PIN for %1</source>
        <translation>更换%1的PIN码</translation>
    </message>
    <message>
        <source>The old one first, then the new one twice. Left empty, the new one takes the PIN away: anybody may then be %1 by typing the name.</source>
        <translation>先输入旧码，再输入两次新码。新码留空即取消PIN码：此后任何人输入姓名即可成为%1。</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>更换PIN码</translation>
    </message>
    <message>
        <source>Old PIN</source>
        <translation>旧PIN码</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN码</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>新PIN码</translation>
    </message>
    <message>
        <source>New PIN once more</source>
        <translation>再次输入新PIN码</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Take the PIN away</source>
        <translation>取消PIN码</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::PinPlace</name>
    <message>
        <source>My PIN: give, set or change it</source>
        <translation>我的PIN码：输入、设置或更换</translation>
    </message>
    <message>
        <source>%1 has a right here (contacts, or leading) and no PIN: anybody can take this name. Set one: Ctrl+K, My PIN.</source>
        <translation>%1在此有权限（联系方式或带班），但没有PIN码：任何人都能使用此姓名。请设置：Ctrl+K，我的PIN码。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ResponseDialog</name>
    <message>
        <source>Peacetime: no response</source>
        <translation>平时：无响应</translation>
    </message>
    <message>
        <source>Response %1 · %2</source>
        <comment>numeral · colour</comment>
        <translation>%1级响应 · %2</translation>
    </message>
    <message>
        <source>End the response</source>
        <translation>终止响应</translation>
    </message>
    <message>
        <source>Start response %1</source>
        <translation>启动%1级响应</translation>
    </message>
    <message>
        <source>Raise to response %1</source>
        <translation>提升至%1级响应</translation>
    </message>
    <message>
        <source>Lower to response %1</source>
        <translation>降至%1级响应</translation>
    </message>
    <message>
        <source>Keep response %1, with this title</source>
        <translation>维持%1级响应，更新事由</translation>
    </message>
    <message>
        <source>Write the reason first</source>
        <translation>请先填写理由</translation>
    </message>
    <message>
        <source>Then call, in turn</source>
        <translation>随后依次呼叫</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>不呼叫</translation>
    </message>
    <message>
        <source>There is nobody to call on that list now.</source>
        <translation>该名单上目前无人可呼。</translation>
    </message>
    <message>
        <source>That list would call %1 people, and one call-down takes at most %2: begin it by itself (F12, L), where some can be taken out.</source>
        <translation>该名单将呼叫 %1 人，一次轮呼最多 %2 人：请单独启动（F12、L），可先删去一些人。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SearchBox</name>
    <message>
        <source>Place, team, sensor, coordinates</source>
        <translation>地点、队伍、测站、坐标</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SeatDialog</name>
    <message>
        <source>Who sits here?</source>
        <translation>谁在此席位？</translation>
    </message>
    <message>
        <source>Another window runs this county&apos;s desk, and this one is a seat at it. What is done here is written down under this name, and others see what you have in hand.</source>
        <translation>本县的值守台由另一个窗口运行，此窗口是它的一个席位。在此所做的操作均以此姓名记入日志，其他人能看到您正在处理什么。</translation>
    </message>
    <message>
        <source>Another window runs this county&apos;s desk, where %1 is on duty, and this one is a seat at it. What is done here is written down under this name, and others see what you have in hand.</source>
        <translation>本县的值守台由另一个窗口运行，值班人为%1，此窗口是它的一个席位。在此所做的操作均以此姓名记入日志，其他人能看到您正在处理什么。</translation>
    </message>
    <message>
        <source>Name of who sits here</source>
        <translation>在此席位者的姓名</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Sit down</source>
        <translation>就座</translation>
    </message>
    <message>
        <source>Sit down as %1</source>
        <translation>以%1就座</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SeatPlace</name>
    <message>
        <source>Say who sits at this window</source>
        <translation>登记此窗口由谁使用</translation>
    </message>
    <message>
        <source>The desk has ended. What was answered is kept; what is typed here stays. This window goes on by itself when a desk runs again.</source>
        <translation>值守台已退出。已确认的操作均已保存，此处输入的内容保留。值守台重新运行后，此窗口自动恢复工作。</translation>
    </message>
    <message>
        <source>The desk is there again: this window works as before.</source>
        <translation>值守台已恢复：此窗口照常工作。</translation>
    </message>
    <message>
        <source>%1. What was answered is kept; what is typed here stays until this window is closed.</source>
        <translation>%1。已得到答复的操作均保留；此处输入的内容在关闭窗口前仍在。</translation>
    </message>
    <message>
        <source>This window has closed before the desk confirmed all that was done here:</source>
        <translation>此窗口关闭时，值守台尚未确认此处的全部操作：</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>kind of command: why it is not confirmed</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>… and %1 more; they stand in the program&apos;s log</source>
        <translation>… 另有 %1 项，见程序日志</translation>
    </message>
    <message>
        <source>Take over the desk&apos;s settings</source>
        <translation>采用值守台的设置</translation>
    </message>
    <message>
        <source>The desk goes by other settings than this window: %1 was changed after it was started, and it takes that over when it is started again.</source>
        <translation>值守台所用设置与此窗口不同：%1 在其启动后被修改，值守台重新启动时才会采用。</translation>
    </message>
    <message>
        <source>The desk goes by other settings than this window was opened with (%1). Take them over? The window closes and opens again: calls that are being written down are kept as drafts, what else is half typed here is lost.</source>
        <translation>值守台所用设置与此窗口打开时不同（%1）。是否采用？窗口将关闭并重新打开：正在记录的来电保留为草稿，此处其他未完成的输入将丢失。</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SeatRoll</name>
    <message>
        <source>Who sits at this desk</source>
        <translation>谁在此值守台就座</translation>
    </message>
    <message>
        <source>nobody has said who</source>
        <translation>未报姓名</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SeatsDialog</name>
    <message>
        <source>Who sits at this desk</source>
        <translation>谁在此值守台就座</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>就座时间</translation>
    </message>
    <message>
        <source>Last acted</source>
        <translation>最近操作</translation>
    </message>
    <message>
        <source>End this seat…</source>
        <translation>结束此席位…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No desk is there now, so who sits at it is not known.</source>
        <translation>现在没有值守台运行，因此不知道谁在就座。</translation>
    </message>
    <message>
        <source>This window is seat %1. A seat is ended at the desk&apos;s own window.</source>
        <translation>此窗口是席位 %1。席位在值守台本机窗口结束。</translation>
    </message>
    <message>
        <source>Nobody else sits here. Whoever starts Tocsin on this county a second time takes a seat.</source>
        <translation>没有其他人就座。再次为本县启动 Tocsin 者即占一个席位。</translation>
    </message>
    <message>
        <source>What is done at a seat is written down under the name that is said there.</source>
        <translation>席位上的操作以该席位所报的姓名记录。</translation>
    </message>
    <message>
        <source>The desk</source>
        <translation>值守台</translation>
    </message>
    <message>
        <source>nobody on duty</source>
        <translation>无人值班</translation>
    </message>
    <message>
        <source>Seat %1 (this window)</source>
        <translation>席位 %1（此窗口）</translation>
    </message>
    <message>
        <source>Seat %1</source>
        <translation>席位 %1</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>End seat %1 (%2)? That window only shows from then on, and says that it was ended here. What was answered there is kept.</source>
        <translation>结束席位 %1（%2）吗？该窗口此后只能查看，并会说明是在此处结束的。已得到答复的操作均保留。</translation>
    </message>
    <message>
        <source>End the seat</source>
        <translation>结束席位</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::StartWindow</name>
    <message>
        <source>OpenStreetMap extract</source>
        <translation>OpenStreetMap 数据</translation>
    </message>
    <message>
        <source>OpenStreetMap extracts</source>
        <translation>OpenStreetMap 数据</translation>
    </message>
    <message>
        <source>Heights</source>
        <translation>高程</translation>
    </message>
    <message>
        <source>Township boundaries</source>
        <translation>乡镇界线</translation>
    </message>
    <message>
        <source>Reading the extract</source>
        <translation>正在读取地图数据</translation>
    </message>
    <message>
        <source>Building the road network</source>
        <translation>正在建立路网</translation>
    </message>
    <message>
        <source>Writing the map</source>
        <translation>正在写入地图</translation>
    </message>
    <message>
        <source>Writing the road network</source>
        <translation>正在写入路网</translation>
    </message>
    <message>
        <source>Indexing names</source>
        <translation>正在编制地名索引</translation>
    </message>
    <message>
        <source>Taking the heights</source>
        <translation>正在导入高程</translation>
    </message>
    <message>
        <source>Taking the boundaries</source>
        <translation>正在导入界线</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Beginning …</source>
        <translation>正在开始 …</translation>
    </message>
    <message>
        <source>Tocsin</source>
        <translation>警钟</translation>
    </message>
    <message>
        <source>Which county is this desk for?</source>
        <translation>本值班台用于哪个县？</translation>
    </message>
    <message>
        <source>There is none yet in %1. It will be kept there, with all that happens in it.</source>
        <translation>%1 中尚无县数据。新建的县及其全部记录都将保存在那里。</translation>
    </message>
    <message>
        <source>Light look</source>
        <translation>浅色外观</translation>
    </message>
    <message>
        <source>Dark look</source>
        <translation>深色外观</translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation>先看看演示</translation>
    </message>
    <message>
        <source>The demo county: Liechtenstein with invented teams, gauges and a flood to practise on. Everything in it is an exercise.</source>
        <translation>演示县：列支敦士登的真实地图，队伍、水位站均为虚构，并有一场洪水供演练。其中一切均为演练。</translation>
    </message>
    <message>
        <source>My own county</source>
        <translation>建立本县</translation>
    </message>
    <message>
        <source>From a free OpenStreetMap extract: map, roads, names, fire stations, hospitals, shelters. For real work.</source>
        <translation>由免费的 OpenStreetMap 数据生成：地图、道路、地名、消防站、医院、避难场所。用于实际值守。</translation>
    </message>
    <message>
        <source>Extract</source>
        <translation>地图数据</translation>
    </message>
    <message>
        <source>Free extracts: download.geofabrik.de (.osm.pbf). .osm, .osm.gz and .osm.bz2 do, too.</source>
        <translation>各地区的免费数据：download.geofabrik.de（.osm.pbf）。也可用 .osm、.osm.gz、.osm.bz2 文件。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>In English, or empty: as the map has it</source>
        <translation>英文名；留空则用地图上的名称</translation>
    </message>
    <message>
        <source>In Chinese</source>
        <translation>中文名</translation>
    </message>
    <message>
        <source>The county&apos;s name in English</source>
        <translation>县的英文名</translation>
    </message>
    <message>
        <source>The county&apos;s name in Chinese</source>
        <translation>县的中文名</translation>
    </message>
    <message>
        <source>Optional: GeoTIFF or HGT, for shaded relief and contours</source>
        <translation>可选：GeoTIFF 或 HGT，用于地形晕渲和等高线</translation>
    </message>
    <message>
        <source>Townships</source>
        <translation>乡镇界</translation>
    </message>
    <message>
        <source>Optional: boundaries as GeoPackage, GeoJSON, Shapefile or KML</source>
        <translation>可选：GeoPackage、GeoJSON、Shapefile 或 KML 界线</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择 …</translation>
    </message>
    <message>
        <source>Choose the extract</source>
        <translation>选择地图数据</translation>
    </message>
    <message>
        <source>Choose the heights</source>
        <translation>选择高程文件</translation>
    </message>
    <message>
        <source>Choose the boundaries</source>
        <translation>选择界线文件</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>另选文件</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Cancel, and keep nothing</source>
        <translation>取消，不保留任何内容</translation>
    </message>
    <message>
        <source>Open the desk</source>
        <translation>打开值班台</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Make the demo county</source>
        <translation>建立演示县</translation>
    </message>
    <message>
        <source>Make the county</source>
        <translation>建立本县</translation>
    </message>
    <message>
        <source>Make the county from %1</source>
        <translation>由 %1 建立本县</translation>
    </message>
    <message>
        <source>Make %1</source>
        <comment>county&apos;s name</comment>
        <translation>建立 %1</translation>
    </message>
    <message>
        <source>Choose an extract first</source>
        <translation>请先选择地图数据</translation>
    </message>
    <message>
        <source>No county was made: %1</source>
        <translation>未能建立：%1</translation>
    </message>
    <message>
        <source>The county stands, but not all of it was taken</source>
        <translation>县已建立，但有部分文件未能导入</translation>
    </message>
    <message>
        <source>Making the demo county</source>
        <translation>正在建立演示县</translation>
    </message>
    <message>
        <source>Making the county</source>
        <translation>正在建立本县</translation>
    </message>
    <message>
        <source>Making %1</source>
        <comment>county&apos;s name</comment>
        <translation>正在建立 %1</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <comment>stage · per cent</comment>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止 …</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::TimeBar</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>The map shows now. Choose another moment  T</source>
        <translation>地图显示当前情况。选择其他时刻  T</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>回到现在</translation>
    </message>
    <message>
        <source>Back to the mark before</source>
        <translation>上一个标记</translation>
    </message>
    <message>
        <source>On to the next mark</source>
        <translation>下一个标记</translation>
    </message>
    <message>
        <source>Close, and back to now</source>
        <translation>关闭并回到现在</translation>
    </message>
    <message>
        <source>How many seconds of the journal in one second</source>
        <translation>每秒播放日志的秒数</translation>
    </message>
    <message>
        <source>Exact moment that the map shows</source>
        <translation>地图显示的确切时刻</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>时</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>All</source>
        <comment>the whole journal</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>The line of time spans an hour</source>
        <translation>时间轴跨度为一小时</translation>
    </message>
    <message>
        <source>The line of time spans a day</source>
        <translation>时间轴跨度为一天</translation>
    </message>
    <message>
        <source>The line of time spans the whole journal</source>
        <translation>时间轴跨度为全部日志</translation>
    </message>
    <message>
        <source>Time of the map</source>
        <translation>地图时间</translation>
    </message>
    <message>
        <source>Moment that the map shows: %1</source>
        <translation>地图显示的时刻：%1</translation>
    </message>
    <message>
        <source>Incident opened, %1</source>
        <translation>事件立案，%1</translation>
    </message>
    <message>
        <source>Alarm raised, %1</source>
        <translation>告警产生，%1</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::TimeDesk</name>
    <message>
        <source>The map cannot be shown as it was: %1</source>
        <translation>无法显示当时的地图：%1</translation>
    </message>
    <message>
        <source>New alarm while the map shows the past: %1</source>
        <translation>地图显示过去时刻期间出现新告警：%1</translation>
    </message>
    <message>
        <source>The map at another moment, or back to now</source>
        <translation>查看其他时刻的地图，或回到现在</translation>
    </message>
    <message>
        <source>Play the past on the map, or pause</source>
        <translation>在地图上回放过去，或暂停</translation>
    </message>
    <message>
        <source>New alarm: %1 · T brings the map back to now</source>
        <translation>新告警：%1 · 按 T 让地图回到现在</translation>
    </message>
    <message>
        <source>As it was %1 — live alarms continue at left</source>
        <translation>此为 %1 时的情况 — 左侧告警仍为实时</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::TopBar</name>
    <message>
        <source>Tocsin</source>
        <translation>警钟</translation>
    </message>
    <message>
        <source>A drill: nothing leaves this desk for the real world.</source>
        <translation>演练中：任何信息都不会发往外界。</translation>
    </message>
    <message>
        <source>Response %1</source>
        <translation>%1级响应</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>response level · hazard</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Peacetime</source>
        <translation>平时</translation>
    </message>
    <message>
        <source>Response level: click to raise, lower or end it</source>
        <translation>响应级别：点击可提级、降级或终止</translation>
    </message>
    <message>
        <source>Switch to Chinese (Ctrl+L)</source>
        <translation>切换到英文 (Ctrl+L)</translation>
    </message>
    <message>
        <source>Light look (Ctrl+D)</source>
        <translation>浅色界面 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Dark look (Ctrl+D)</source>
        <translation>深色界面 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Keys and tour (F1)</source>
        <translation>快捷键与导览 (F1)</translation>
    </message>
    <message>
        <source>Nobody on duty</source>
        <translation>无人值班</translation>
    </message>
    <message>
        <source>Click to start a shift</source>
        <translation>点击开始值班</translation>
    </message>
    <message>
        <source> · until %1</source>
        <translation> · 至 %1</translation>
    </message>
    <message>
        <source>Leader on duty: %1</source>
        <translation>带班领导：%1</translation>
    </message>
    <message>
        <source>Click to hand over the shift</source>
        <translation>点击交接班</translation>
    </message>
    <message>
        <source>Muted until %1</source>
        <translation>静音至 %1</translation>
    </message>
    <message>
        <source>The alarm sound is off for a time. Click to change it.</source>
        <translation>告警声已暂时关闭，点击更改。</translation>
    </message>
    <message>
        <source>The alarm sound is on. Click to mute it for a time.</source>
        <translation>告警声已开启，点击可暂时静音。</translation>
    </message>
    <message>
        <source>Sound on again</source>
        <translation>恢复声音</translation>
    </message>
    <message>
        <source>Mute for %1 minutes</source>
        <translation>静音 %1 分钟</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Take a call (F7)</source>
        <translation>登记来电（F7）</translation>
    </message>
    <message>
        <source>Seats: %1</source>
        <translation>席位：%1</translation>
    </message>
    <message>
        <source>Who sits at this desk, besides its own window</source>
        <translation>除值守台本机窗口外，谁在就座</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::Tour</name>
    <message>
        <source>First look · %1 of %2</source>
        <translation>初次导览 · %1 / %2</translation>
    </message>
    <message>
        <source>Skip the tour</source>
        <translation>跳过导览</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>The river is rising</source>
        <translation>河水正在上涨</translation>
    </message>
    <message>
        <source>This is a drill with invented teams on a real map. In a moment a gauge passes its limit, and the alarm appears here. The gravest always stands on top.</source>
        <translation>这是一次演练：真实的地图，虚构的队伍。稍后某个水位站将超限，告警会出现在这里。最严重的始终排在最上面。</translation>
    </message>
    <message>
        <source>An alarm</source>
        <translation>一条告警</translation>
    </message>
    <message>
        <source>The desk drew a conclusion from its sensors. The shape and the colour tell how grave it is; the gravest stands on top. Select it.</source>
        <translation>系统根据测站数据作出判断。形状和颜色表示严重程度，最严重的排在最上面。请选中它。</translation>
    </message>
    <message>
        <source>Acknowledge it</source>
        <translation>确认告警</translation>
    </message>
    <message>
        <source>Say that you have seen it: press Space, or this button. The sound stops, and the log remembers who and when.</source>
        <translation>表明您已看到：按空格键或此按钮。声音停止，日志记下何人何时确认。</translation>
    </message>
    <message>
        <source>Open an incident</source>
        <translation>转为事件</translation>
    </message>
    <message>
        <source>The alarm becomes something that the desk works on, with a place, a grade and what it needs.</source>
        <translation>告警成为值班室处置的事件，有地点、等级和所需力量。</translation>
    </message>
    <message>
        <source>Who should go</source>
        <translation>派谁去</translation>
    </message>
    <message>
        <source>The best teams by travel time over today&apos;s roads, and why. One button sends them, and its name says whom and where (F9).</source>
        <translation>按当前道路行程时间选出的最佳队伍及理由。一个按钮即可派出，按钮上写明派谁去哪里 (F9)。</translation>
    </message>
    <message>
        <source>Watch them go</source>
        <translation>跟踪行进</translation>
    </message>
    <message>
        <source>The teams move along their road, with the minutes left beside them. F1 brings the keys and this tour again.</source>
        <translation>队伍沿道路行进，旁边显示剩余分钟数。按 F1 可再次查看快捷键和本导览。</translation>
    </message>
    <message>
        <source>Here alarms appear</source>
        <translation>告警在此显示</translation>
    </message>
    <message>
        <source>When a gauge passes its limit, the desk raises an alarm, and it appears here. The gravest always stands on top.</source>
        <translation>测点越限时，系统产生告警并显示在这里。最严重的始终排在最上面。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::WallCounters</name>
    <message>
        <source>alarms %1 not acknowledged: %2</source>
        <comment>severity, count</comment>
        <translation>%1 未确认告警：%2</translation>
    </message>
    <message>
        <source>every alarm acknowledged</source>
        <translation>告警已全部确认</translation>
    </message>
    <message>
        <source>open incidents: %1</source>
        <translation>在办事件：%1</translation>
    </message>
    <message>
        <source>teams out: %1</source>
        <translation>出动队伍：%1</translation>
    </message>
    <message>
        <source>Flood · %1</source>
        <translation>告警洪泛 · %1</translation>
    </message>
    <message>
        <source>oldest %1</source>
        <comment>age</comment>
        <translation>最久 %1</translation>
    </message>
    <message>
        <source>the oldest has waited %1</source>
        <comment>age</comment>
        <translation>最久的已等待 %1</translation>
    </message>
    <message>
        <source>seen: %1</source>
        <comment>alarms</comment>
        <translation>已看：%1</translation>
    </message>
    <message>
        <source>acknowledged and standing: %1</source>
        <translation>已确认仍在：%1</translation>
    </message>
    <message>
        <source>set aside: %1</source>
        <comment>alarms</comment>
        <translation>已搁开：%1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>figure, word of the alarm load</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>alarms in ten minutes: %1, %2</source>
        <translation>十分钟内告警：%1，%2</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::WallStrip</name>
    <message>
        <source>Response %1</source>
        <translation>%1级响应</translation>
    </message>
    <message>
        <source>Peacetime</source>
        <translation>平时</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Leave the wall view</source>
        <translation>退出大屏视图</translation>
    </message>
</context>
</TS>
