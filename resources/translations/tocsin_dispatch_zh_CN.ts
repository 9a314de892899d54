<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tocsin::gui::AidAnswer</name>
    <message>
        <source>%1: %2</source>
        <comment>number, act</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>How much do they lend? What they do not lend is short again and can be asked of others.</source>
        <translation>对方同意支援多少？未同意的部分重新计为缺口，可另请他方。</translation>
    </message>
    <message>
        <source>How much has come? It serves the incident until it is given back.</source>
        <translation>到达多少？归还之前均计入该事件。</translation>
    </message>
    <message>
        <source>%1 (asked for: %2)</source>
        <comment>thing, quantity</comment>
        <translation>%1（请求：%2）</translation>
    </message>
    <message>
        <source>What they said, or by whom (may be empty)</source>
        <translation>对方的答复，或由谁答复（可留空）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::AidForm</name>
    <message>
        <source>Request for mutual aid</source>
        <translation>互助请求</translation>
    </message>
    <message>
        <source>%1 (offers %2 in %3)</source>
        <translation>%1（%3 内可提供 %2）</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>需要时间</translation>
    </message>
    <message>
        <source>One more thing</source>
        <translation>再加一项</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Whom to ask</source>
        <translation>向谁请求</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>No partner or enterprise is in the resource database: put one there first.</source>
        <translation>资源库中没有互助单位或企业：请先登记。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>起草</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <comment>thing, unit</comment>
        <translation>%1，单位 %2</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::AidPage</name>
    <message>
        <source>The request is on the clipboard</source>
        <translation>请求已复制到剪贴板</translation>
    </message>
    <message>
        <source>Mutual aid</source>
        <translation>互助</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>To</source>
        <translation>致</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Their answer</source>
        <translation>对方答复</translation>
    </message>
    <message>
        <source>Requests for mutual aid</source>
        <translation>互助请求</translation>
    </message>
    <message>
        <source>New request…</source>
        <translation>新建请求…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save EDXL-RM…</source>
        <translation>保存 EDXL-RM…</translation>
    </message>
    <message>
        <source>Nobody was asked for aid. Choose what is short on the page &apos;Supplies&apos; and ask for it, or begin a new request here.</source>
        <translation>尚未向任何单位请求支援。在“物资”页选择短缺项并提出请求，或在此新建。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>number, act</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>What they said, or by whom (may be empty)</source>
        <translation>对方的答复，或由谁答复（可留空）</translation>
    </message>
    <message>
        <source>Save EDXL-RM</source>
        <translation>保存 EDXL-RM</translation>
    </message>
    <message>
        <source>EDXL-RM (*.xml)</source>
        <translation>EDXL-RM (*.xml)</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>The request is drafted</source>
        <translation>请求已起草</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::BoardPage</name>
    <message>
        <source>Which incident</source>
        <translation>哪个事件</translation>
    </message>
    <message>
        <source>Order of the cards</source>
        <translation>卡片排序</translation>
    </message>
    <message>
        <source>Most urgent first</source>
        <translation>最紧急的在前</translation>
    </message>
    <message>
        <source>By incident</source>
        <translation>按事件</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Those who were sent</source>
        <translation>已派出力量</translation>
    </message>
    <message>
        <source>Nobody is on an assignment. Select an incident (F3) and send the recommended teams (F9): their cards will stand here.</source>
        <translation>目前没有任务。选择事件（F3）并派出推荐队伍（F9），卡片将显示在此。</translation>
    </message>
    <message>
        <source>Release (R)</source>
        <translation>释放 (R)</translation>
    </message>
    <message>
        <source>Roll call (C)</source>
        <translation>点名 (C)</translation>
    </message>
    <message>
        <source>Task order (T)</source>
        <translation>任务单 (T)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Arrows: card · Space or Ctrl+→: next step · R: release · C: answers the roll call · T: task order · Ctrl+A: all · Enter: details · or drag a card to the next column</source>
        <translation>方向键：选卡片 · 空格或 Ctrl+→：下一步 · R：释放 · C：应答点名 · T：任务单 · Ctrl+A：全选 · 回车：详情 · 也可将卡片拖到下一列</translation>
    </message>
    <message>
        <source>All incidents</source>
        <translation>全部事件</translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <comment>number, title, how many</comment>
        <translation>%1 %2（%3）</translation>
    </message>
    <message>
        <source>%1 on assignments, nobody is late</source>
        <translation>%1 个任务执行中，无人延误</translation>
    </message>
    <message>
        <source>a team</source>
        <translation>某队伍</translation>
    </message>
    <message>
        <source>Next step for %1</source>
        <translation>%1 个进入下一步</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>name, refusal</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 assignments</source>
        <translation>%1 个任务</translation>
    </message>
    <message>
        <source>Release %1?</source>
        <translation>释放 %1？</translation>
    </message>
    <message>
        <source>They are free for others at once. What they carried and did not deliver goes back to its warehouse&apos;s account.</source>
        <translation>释放后立即可用于其他任务。未送达的物资退回原仓库账目。</translation>
    </message>
    <message>
        <source>Reason (may be empty)</source>
        <translation>原因（可留空）</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>释放</translation>
    </message>
    <message>
        <source>Released: %1</source>
        <translation>已释放：%1</translation>
    </message>
    <message>
        <source>%1 answers the roll call</source>
        <translation>%1 应答点名</translation>
    </message>
    <message>
        <source>%1 answer the roll call</source>
        <translation>%1 支队伍应答点名</translation>
    </message>
    <message>
        <source>What was said (may be empty)</source>
        <translation>答复内容（可留空）</translation>
    </message>
    <message>
        <source>All is well</source>
        <translation>一切正常</translation>
    </message>
    <message>
        <source>Steps go forward only: release it, and send it again.</source>
        <translation>步骤只能向前：请先释放，再重新派出。</translation>
    </message>
    <message>
        <source>%1 task orders (T)</source>
        <translation>%1 份任务单 (T)</translation>
    </message>
    <message>
        <source>Newest orders (Shift+T)</source>
        <translation>最新任务单 (Shift+T)</translation>
    </message>
    <message>
        <source>%1 newest orders (Shift+T)</source>
        <translation>最新任务单 %1 份 (Shift+T)</translation>
    </message>
    <message>
        <source>. Short of what they carry: %1. Supplies (Alt+3) restock them (S)</source>
        <translation>。随车物资低于下限：%1。在“物资”页（Alt+3）按 S 补充</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::BoardWords</name>
    <message>
        <source>Notified</source>
        <translation>已通知</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>En route</source>
        <translation>途中</translation>
    </message>
    <message>
        <source>On scene</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>Released within the hour</source>
        <translation>一小时内已释放</translation>
    </message>
    <message>
        <source>SILENT, %1 over the roll call</source>
        <translation>失联，超过点名 %1</translation>
    </message>
    <message>
        <source>SILENT</source>
        <translation>失联</translation>
    </message>
    <message>
        <source>OVERDUE by %1</source>
        <translation>逾期 %1</translation>
    </message>
    <message>
        <source>OVERDUE</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>NOT ACCEPTED, %1 over</source>
        <translation>未接受，超时 %1</translation>
    </message>
    <message>
        <source>NOT ACCEPTED</source>
        <translation>未接受</translation>
    </message>
    <message>
        <source>Route crosses a closure</source>
        <translation>路线经过封闭路段</translation>
    </message>
    <message>
        <source>Route crosses the closure %1</source>
        <translation>路线经过封闭路段%1</translation>
    </message>
    <message>
        <source>Crew hours: relieve them</source>
        <translation>作业超时：安排轮换</translation>
    </message>
    <message>
        <source>a team</source>
        <translation>某队伍</translation>
    </message>
    <message>
        <source>order %1</source>
        <translation>任务单 %1</translation>
    </message>
    <message>
        <source>shelter for %1</source>
        <translation>安置 %1</translation>
    </message>
    <message>
        <source>stand by</source>
        <translation>待命</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <comment>step, time</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 late</source>
        <translation>晚 %1</translation>
    </message>
    <message>
        <source>%1 away</source>
        <translation>车程 %1</translation>
    </message>
    <message>
        <source>%1–%2 min</source>
        <translation>%1–%2 分钟</translation>
    </message>
    <message>
        <source>%1 of %2 h</source>
        <translation>%1 / %2 小时</translation>
    </message>
    <message>
        <source>%1 silent</source>
        <translation>%1 失联</translation>
    </message>
    <message>
        <source>%1 overdue</source>
        <translation>%1 逾期</translation>
    </message>
    <message>
        <source>%1 not accepted</source>
        <translation>%1 未接受</translation>
    </message>
    <message>
        <source>%1 before a closure</source>
        <translation>%1 前方封路</translation>
    </message>
    <message>
        <source>%1 over crew hours</source>
        <translation>%1 作业超时</translation>
    </message>
    <message>
        <source>NOT SET OUT, %1 over</source>
        <translation>未出发，已超 %1</translation>
    </message>
    <message>
        <source>NOT SET OUT</source>
        <translation>未出发</translation>
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
        <source>%1 not set out</source>
        <translation>%1 支未出发</translation>
    </message>
    <message>
        <source>NOBODY SAID IT IS OPEN, %1 over</source>
        <translation>无人确认开放，超时 %1</translation>
    </message>
    <message>
        <source>NOBODY SAID IT IS OPEN</source>
        <translation>无人确认开放</translation>
    </message>
    <message>
        <source>there in %1</source>
        <translation>%1 后到</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CallDownForm</name>
    <message>
        <source>New call-down</source>
        <translation>新建轮呼</translation>
    </message>
    <message>
        <source>What for: “Duty hydrologist”</source>
        <translation>目的，例如“值班水文专家”</translation>
    </message>
    <message>
        <source>Name, phone, role: one person a line, in the order in which they are called</source>
        <translation>姓名，电话，职务：每行一人，按呼叫顺序</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>typed by hand</source>
        <translation>手工输入</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>People of</source>
        <translation>人员来自</translation>
    </message>
    <message>
        <source>In this order</source>
        <translation>呼叫顺序</translation>
    </message>
    <message>
        <source>Each has</source>
        <translation>每人等待</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>a new list</source>
        <translation>新名单</translation>
    </message>
    <message>
        <source>%1 (%2, %3 people)</source>
        <comment>title, when, how many</comment>
        <translation>%1（%2，%3 人）</translation>
    </message>
    <message>
        <source>Start again from</source>
        <translation>沿用以前的名单</translation>
    </message>
    <message>
        <source>list: %1 (%2 steps)</source>
        <comment>name, how many</comment>
        <translation>名单：%1（%2 步）</translation>
    </message>
    <message>
        <source>Each has the minutes of the list; another number here is for all.</source>
        <translation>每人按名单的分钟数；在此改数则全体相同。</translation>
    </message>
    <message>
        <source>Here are %1 people, and one call-down takes at most %2: take %3 lines out, or begin two.</source>
        <translation>此处有 %1 人，一次轮呼最多 %2 人：请删去 %3 行，或分两次启动。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CallDownPage</name>
    <message>
        <source>New call-down…</source>
        <translation>新建轮呼…</translation>
    </message>
    <message>
        <source>Answered (A)</source>
        <translation>已应答 (A)</translation>
    </message>
    <message>
        <source>No answer (N)</source>
        <translation>无应答 (N)</translation>
    </message>
    <message>
        <source>End it…</source>
        <translation>结束…</translation>
    </message>
    <message>
        <source>Call-downs</source>
        <translation>轮呼</translation>
    </message>
    <message>
        <source>People on the list</source>
        <translation>名单人员</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>应答时间</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>%1
%2 · %3</source>
        <comment>title, when, state</comment>
        <translation>%1
%2 · %3</translation>
    </message>
    <message>
        <source>Call now: %1</source>
        <translation>现在呼叫：%1</translation>
    </message>
    <message>
        <source>Call now: %1, %2</source>
        <comment>name, role</comment>
        <translation>现在呼叫：%1，%2</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>无号码</translation>
    </message>
    <message>
        <source>%1 left, then the next one&apos;s turn (%2 of %3)</source>
        <translation>剩余 %1，之后轮到下一人（第 %2 / %3 人）</translation>
    </message>
    <message>
        <source>Nobody has answered</source>
        <translation>无人应答</translation>
    </message>
    <message>
        <source>Choose whom to call again, or end it and begin another list.</source>
        <translation>选择要再次呼叫的人员，或结束并另建名单。</translation>
    </message>
    <message>
        <source>%1 has answered</source>
        <translation>%1 已应答</translation>
    </message>
    <message>
        <source>At %1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>The name, the time and what was said go into the duty log as the proof.</source>
        <translation>姓名、时间和答复内容将写入值班日志作为凭证。</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>答复内容</translation>
    </message>
    <message>
        <source>Write it down</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>End the call-down %1?</source>
        <translation>结束轮呼%1？</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Lists… (L)</source>
        <translation>名单…（L）</translation>
    </message>
    <message>
        <source>Nobody is being called. Begin a call-down: people are called in turn until one, by name, has answered. L shows the lists that are kept for it.</source>
        <translation>当前没有呼叫。开始呼叫：依次呼叫，直到有具名人员应答。按 L 查看已存名单。</translation>
    </message>
    <message>
        <source>Turn from</source>
        <translation>轮到时间</translation>
    </message>
    <message>
        <source>At its end: not all were called</source>
        <translation>名单已到末尾：并非所有人都被呼叫过</translation>
    </message>
    <message>
        <source>turn passed, nobody said that they were called</source>
        <translation>已过轮次，无人确认曾呼叫</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CallListForm</name>
    <message>
        <source>New call-down list</source>
        <translation>新呼叫名单</translation>
    </message>
    <message>
        <source>Call-down list</source>
        <translation>呼叫名单</translation>
    </message>
    <message>
        <source>Name of the list</source>
        <translation>名单名称</translation>
    </message>
    <message>
        <source>Flood, response II</source>
        <translation>防汛二级响应</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>职责</translation>
    </message>
    <message>
        <source>On duty with</source>
        <translation>当班资源</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Add a step</source>
        <translation>添加一步</translation>
    </message>
    <message>
        <source>Remove the step</source>
        <translation>删除此步</translation>
    </message>
    <message>
        <source>In this order. “On duty with” takes a resource&apos;s call sign or name: whoever is on duty with it then is called; name and phone stand for when nobody is. Without a resource name and phone are needed. Minutes until it is the next one&apos;s turn; empty: 3.</source>
        <translation>按此顺序。“当班资源”填资源呼号或名称：届时呼叫其值班人；无人值班时用姓名和电话。不填资源时必须有姓名和电话。分钟为轮到下一位前的等待，留空为 3。</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>保存名单</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No resource is called %1.</source>
        <translation>没有名为%1的资源。</translation>
    </message>
    <message>
        <source>Several resources are called %1: type the call sign or the inventory number.</source>
        <translation>有多项资源名为%1：请填呼号或编号。</translation>
    </message>
    <message>
        <source>Step %1: a name and a phone, or a resource.</source>
        <translation>第 %1 步：需要姓名和电话，或一项资源。</translation>
    </message>
    <message>
        <source>Step %1: half a minute to %2 minutes.</source>
        <translation>第 %1 步：半分钟至 %2 分钟。</translation>
    </message>
    <message>
        <source>A list has at least one step.</source>
        <translation>名单至少有一步。</translation>
    </message>
    <message>
        <source>The list needs a name.</source>
        <translation>名单需要名称。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::CallListsDialog</name>
    <message>
        <source>Call-down lists</source>
        <translation>呼叫名单</translation>
    </message>
    <message>
        <source>No list is kept yet. Press Insert to enter one: who is called in which order, and how long each has to answer.</source>
        <translation>尚无名单。按 Insert 新建：按什么顺序呼叫谁，每人等待多久。</translation>
    </message>
    <message>
        <source>New… (Insert)</source>
        <translation>新建…（Insert）</translation>
    </message>
    <message>
        <source>Change… (F2)</source>
        <translation>更改…（F2）</translation>
    </message>
    <message>
        <source>Remove… (Del)</source>
        <translation>删除…（Del）</translation>
    </message>
    <message>
        <source>Start… (Enter)</source>
        <translation>启动…（Enter）</translation>
    </message>
    <message>
        <source>%1 · %2 steps</source>
        <comment>name, count</comment>
        <translation>%1 · %2 步</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <comment>name, phone, minutes</comment>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>无号码</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 人</translation>
    </message>
    <message>
        <source>Now these would be called, in this order:
%1</source>
        <translation>现在将依次呼叫：
%1</translation>
    </message>
    <message>
        <source>Remove the call-down list %1?</source>
        <translation>删除呼叫名单%1？</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>These are %1 people, and one call-down takes at most %2: some are to be taken out before it begins.</source>
        <translation>共 %1 人，一次轮呼最多 %2 人：启动前须删去一些人。</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DecisionPage</name>
    <message>
        <source>%1 (%2–%3)</source>
        <translation>%1（%2–%3）</translation>
    </message>
    <message>
        <source>%1, by %2: %3</source>
        <comment>when, who, state</comment>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>Leader&apos;s word: %1 at %2</source>
        <translation>领导批示：%1，%2</translation>
    </message>
    <message>
        <source>Leader&apos;s word: %1 at %2: %3</source>
        <translation>领导批示：%1，%2：%3</translation>
    </message>
    <message>
        <source>Otherwise than recommended, because: %1</source>
        <translation>未按推荐，原因：%1</translation>
    </message>
    <message>
        <source>The recommendation was proven to be the best there is.</source>
        <translation>已证明推荐方案为最优。</translation>
    </message>
    <message>
        <source>It rested on facts that were %1 old.</source>
        <translation>所依据的信息为 %1 之前。</translation>
    </message>
    <message>
        <source>Who was sent, and what happened</source>
        <translation>派出情况与实际结果</translation>
    </message>
    <message>
        <source>Who would be sent</source>
        <translation>拟派出</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>For</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>Really</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>as predicted</source>
        <translation>与预计一致</translation>
    </message>
    <message>
        <source>%1 later</source>
        <translation>晚 %1</translation>
    </message>
    <message>
        <source>%1 earlier</source>
        <translation>早 %1</translation>
    </message>
    <message>
        <source>, within the interval</source>
        <translation>，在区间内</translation>
    </message>
    <message>
        <source>, outside the interval</source>
        <translation>，超出区间</translation>
    </message>
    <message>
        <source>shelter for %1</source>
        <translation>安置 %1</translation>
    </message>
    <message>
        <source>stand by</source>
        <translation>待命</translation>
    </message>
    <message>
        <source>stand by at %1</source>
        <translation>在 %1 待命</translation>
    </message>
    <message>
        <source>%1 (chosen instead)</source>
        <translation>%1（改选）</translation>
    </message>
    <message>
        <source>Who else was looked at</source>
        <translation>其他备选</translation>
    </message>
    <message>
        <source>Would take</source>
        <translation>预计用时</translation>
    </message>
    <message>
        <source>Would cost</source>
        <translation>代价</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>多 %1</translation>
    </message>
    <message>
        <source>recommended, not chosen</source>
        <translation>推荐但未选</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>What stayed open</source>
        <translation>未满足的需求</translation>
    </message>
    <message>
        <source>%1: %2 missing</source>
        <translation>%1：缺 %2</translation>
    </message>
    <message>
        <source>If the next call comes</source>
        <translation>若再来警情</translation>
    </message>
    <message>
        <source>People within the target time: %1 before, %2 after (%3).</source>
        <translation>目标时间内可覆盖人口：此前 %1，此后 %2（%3）。</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决策</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>决策</translation>
    </message>
    <message>
        <source>The decision and what became of it</source>
        <translation>决策及其结果</translation>
    </message>
    <message>
        <source>Approve and send</source>
        <translation>批准并派出</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>不批准…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Nothing was decided yet. Select an incident (F3) and send its plan (F9): the card stands here, and later beside it what really happened.</source>
        <translation>尚无决策。选择事件（F3）并派出方案（F9）：决策卡将显示在此，之后并列实际结果。</translation>
    </message>
    <message>
        <source>Approved and sent</source>
        <translation>已批准并派出</translation>
    </message>
    <message>
        <source>Refuse to send this?</source>
        <translation>不批准此次派出？</translation>
    </message>
    <message>
        <source>%1 proposed it; what it takes is free again at once.</source>
        <translation>由 %1 提出；所占用的力量将立即释放。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>不批准</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>未批准</translation>
    </message>
    <message>
        <source>%1
%2 · %3</source>
        <comment>incident, when, state</comment>
        <translation>%1
%2 · %3</translation>
    </message>
    <message>
        <source>Who is to be told</source>
        <translation>须通知的人</translation>
    </message>
    <message>
        <source>%1 (recommended: %2)</source>
        <comment>a load as a person changed it; the load as it was</comment>
        <translation>%1（原推荐：%2）</translation>
    </message>
    <message>
        <source>%1, although: %2</source>
        <comment>for what; what spoke against it</comment>
        <translation>%1，尽管：%2</translation>
    </message>
    <message>
        <source>%1 (added by hand)</source>
        <translation>%1（人工添加）</translation>
    </message>
    <message>
        <source>%1 (changed by hand)</source>
        <translation>%1（人工修改）</translation>
    </message>
    <message>
        <source>as recommended</source>
        <translation>按推荐</translation>
    </message>
    <message>
        <source>%1 (recommended: %2)</source>
        <comment>how many people as a person changed it; as it was</comment>
        <translation>%1（推荐：%2）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>who, from which incident</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Orders given up for it: %1</source>
        <translation>为此撤出的任务：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Places on the roads within the target time: %1 before, %2 after (%3).</source>
        <translation>目标时间内可到达的路口：派出前 %1 处，派出后 %2 处（%3）。</translation>
    </message>
    <message>
        <source>Call-downs that begin with it</source>
        <translation>随预案启动的轮呼</translation>
    </message>
    <message>
        <source>Taken back because: %1</source>
        <translation>撤回原因：%1</translation>
    </message>
    <message>
        <source>The recommendation was the best found, not proven to be the optimum: %1.</source>
        <translation>推荐方案为已找到的最佳方案，未证明为最优：%1。</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>Take this plan back?</source>
        <translation>撤回此方案？</translation>
    </message>
    <message>
        <source>What it takes is free again at once.</source>
        <translation>其占用的资源立即恢复可用。</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>there at %1</source>
        <comment>when</comment>
        <translation>%1 已到达</translation>
    </message>
    <message>
        <source>when it set out was not told</source>
        <translation>未报告出发时间</translation>
    </message>
    <message>
        <source>Not reckoned for this choice before it was sent.</source>
        <translation>发送前未及按该选择计算。</translation>
    </message>
    <message>
        <source>%1, of it %2 until setting out</source>
        <translation>%1（其中出发前 %2）</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DispatchWindow</name>
    <message>
        <source>Those who were sent</source>
        <translation>已派出力量</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Approve and send</source>
        <translation>批准并派出</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>不批准…</translation>
    </message>
    <message>
        <source>%1 sent by %2</source>
        <comment>how many, who</comment>
        <translation>%2 派出 %1 项</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>tab, count</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Supplies</source>
        <translation>物资</translation>
    </message>
    <message>
        <source>Call-downs</source>
        <translation>轮呼</translation>
    </message>
    <message>
        <source>Mutual aid</source>
        <translation>互助</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>决策</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>%1: %2 to %3</source>
        <comment>for whose word it waits, how many by whom, incident</comment>
        <translation>%1：%2，前往 %3</translation>
    </message>
    <message>
        <source>Waits for your word</source>
        <translation>待您批示</translation>
    </message>
    <message>
        <source>your PIN was not given at this window</source>
        <translation>尚未在本窗口输入您的 PIN</translation>
    </message>
    <message>
        <source>since %1, for %2</source>
        <comment>when, how long</comment>
        <translation>自 %1 起，已 %2</translation>
    </message>
    <message>
        <source>an alarm in %1</source>
        <translation>%1 后告警</translation>
    </message>
    <message>
        <source>an alarm for %1</source>
        <translation>已告警 %1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DispatchWords</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>teams: %1</source>
        <translation>队伍：%1</translation>
    </message>
    <message>
        <source>shelter places</source>
        <translation>安置床位</translation>
    </message>
    <message>
        <source>%1 (%2 km)</source>
        <comment>who, how far</comment>
        <translation>%1（%2 公里）</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 处</translation>
    </message>
    <message>
        <source>nobody known has it: ask for mutual aid</source>
        <translation>已知单位均没有：请求互助</translation>
    </message>
    <message>
        <source>next: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>drafted</source>
        <translation>已起草</translation>
    </message>
    <message>
        <source>sent, no answer yet</source>
        <translation>已发出，未答复</translation>
    </message>
    <message>
        <source>promised</source>
        <translation>已承诺</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>here</source>
        <translation>已到达</translation>
    </message>
    <message>
        <source>given back</source>
        <translation>已归还</translation>
    </message>
    <message>
        <source>called off</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>It was sent</source>
        <translation>已发出</translation>
    </message>
    <message>
        <source>They lend</source>
        <translation>对方同意</translation>
    </message>
    <message>
        <source>They decline</source>
        <translation>对方拒绝</translation>
    </message>
    <message>
        <source>It has arrived</source>
        <translation>已到达</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>已归还</translation>
    </message>
    <message>
        <source>Call off</source>
        <translation>取消请求</translation>
    </message>
    <message>
        <source>Request for mutual aid %1</source>
        <translation>互助请求 %1</translation>
    </message>
    <message>
        <source>To: %1</source>
        <translation>致：%1</translation>
    </message>
    <message>
        <source>From: %1, %2</source>
        <translation>自：%1，%2</translation>
    </message>
    <message>
        <source>Incident: %1</source>
        <translation>事件：%1</translation>
    </message>
    <message>
        <source>Place: %1 (%2)</source>
        <translation>地点：%1（%2）</translation>
    </message>
    <message>
        <source>We ask for:</source>
        <translation>请求支援：</translation>
    </message>
    <message>
        <source>Needed by: %1</source>
        <translation>需要时间：%1</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>%1 has answered</source>
        <translation>%1 已应答</translation>
    </message>
    <message>
        <source>nobody has answered</source>
        <translation>无人应答</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>waits for the leader</source>
        <translation>待领导批示</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已派出</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>未批准</translation>
    </message>
    <message>
        <source>shelter for %1</source>
        <translation>安置 %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>who, how much</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 (%2 km, no road leads there)</source>
        <comment>who, how far</comment>
        <translation>%1（%2 公里，无路可通）</translation>
    </message>
    <message>
        <source>%1 in %2 (%3, too late)</source>
        <comment>who, how long, when</comment>
        <translation>%1 %2后到（%3，已晚）</translation>
    </message>
    <message>
        <source>%1 in %2 (%3)</source>
        <comment>who, how long, when</comment>
        <translation>%1 %2后到（%3）</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>who, lead time</comment>
        <translation>%1 %2后</translation>
    </message>
    <message>
        <source>%1 short in the county</source>
        <translation>全县缺 %1</translation>
    </message>
    <message>
        <source>%1 to send</source>
        <translation>待发 %1</translation>
    </message>
    <message>
        <source>%1 asked for as mutual aid</source>
        <translation>已请求互助 %1</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>whatever is needed</source>
        <translation>视需要支援</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>%1 on vehicles or with others, not counted</source>
        <translation>车辆及其他单位另有 %1，未计入</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>lent, asked for</comment>
        <translation>%1（请求 %2）</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LeadersWord</name>
    <message>
        <source>Waits for the word of another than who proposed it: no leader is entered</source>
        <translation>未登记带班领导，待拟定人以外的人批示</translation>
    </message>
    <message>
        <source>Waits for the word of %1</source>
        <translation>待 %1 批示</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::LineDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::OrderDialog</name>
    <message>
        <source>Task order</source>
        <translation>任务单</translation>
    </message>
    <message>
        <source>Language of the order</source>
        <translation>任务单语言</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Short message</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>Radio</source>
        <translation>电台</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1 of %2 characters, 1 message</source>
        <translation>%1 / %2 字符，1 条短信</translation>
    </message>
    <message>
        <source>%1 characters, %2 messages</source>
        <translation>%1 字符，%2 条短信</translation>
    </message>
    <message>
        <source>%1 task orders</source>
        <translation>%1 份任务单</translation>
    </message>
    <message>
        <source>Task orders</source>
        <translation>任务单</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>全部 %1 份</translation>
    </message>
    <message>
        <source>%1: by voice</source>
        <comment>an order&apos;s number and name</comment>
        <translation>%1：口头通知</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <comment>names</comment>
        <translation>%1 等，另有 %2 个</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Print all…</source>
        <translation>全部打印…</translation>
    </message>
    <message>
        <source>To %1 teams, %2 messages in all</source>
        <translation>发往 %1 支力量，共 %2 条短信</translation>
    </message>
    <message>
        <source>Told by voice (Alt+V)</source>
        <translation>已口头传达 (Alt+V)</translation>
    </message>
    <message>
        <source>%1: recall, by voice</source>
        <comment>an order&apos;s number and name</comment>
        <translation>%1：撤回，须口头传达</translation>
    </message>
    <message>
        <source>%1: another way, by voice</source>
        <comment>an order&apos;s number and name</comment>
        <translation>%1：改道，须口头传达</translation>
    </message>
    <message>
        <source>Still to be told by voice, as it has reached no phone of theirs: %1</source>
        <translation>尚未送达其手机，仍须口头传达：%1</translation>
    </message>
    <message>
        <source>%1: new place, by voice</source>
        <comment>an order&apos;s number and name</comment>
        <translation>%1：新地点，须口头传达</translation>
    </message>
    <message>
        <source>A phone is told over its connection (TCP, TLS or a TAK server), or says itself that it has the message. One that is heard only by datagrams (UDP) is sent nothing.</source>
        <translation>手机经其连接（TCP、TLS 或 TAK 服务器）接收，或由其自行回执已收到。仅通过数据报（UDP）接入的手机不会收到任何内容。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SupplyPage</name>
    <message>
        <source>Only what is open</source>
        <translation>仅未满足</translation>
    </message>
    <message>
        <source>Ask for mutual aid…</source>
        <translation>请求互助…</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>需求</translation>
    </message>
    <message>
        <source>Free in the county</source>
        <translation>全县可用</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未满足</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>短缺</translation>
    </message>
    <message>
        <source>Wanted by</source>
        <translation>需要时间</translation>
    </message>
    <message>
        <source>Needs against stock</source>
        <translation>供需对照</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Stock that needs somebody</source>
        <translation>需处理的库存</translation>
    </message>
    <message>
        <source>No open incident needs anything. Select an incident (F3) and say what it needs: it is then weighed here against what the county has.</source>
        <translation>没有未满足的需求。选择事件（F3）并填写需求，此处将与全县库存对照。</translation>
    </message>
    <message>
        <source>Stock: nothing is below its minimum or about to expire</source>
        <translation>库存：无低于下限或临期物资</translation>
    </message>
    <message>
        <source>Stock below its minimum, expired or about to: %1</source>
        <translation>低于下限、过期或临期库存：%1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>expires soon</source>
        <translation>即将过期</translation>
    </message>
    <message>
        <source>below its minimum</source>
        <translation>低于下限</translation>
    </message>
    <message>
        <source>%1 things are short in the county, %2 needs are open</source>
        <translation>全县短缺 %1 项，未满足需求 %2 项</translation>
    </message>
    <message>
        <source>%1 needs are open, the county has enough</source>
        <translation>未满足需求 %1 项，全县库存充足</translation>
    </message>
    <message>
        <source>Every need is met or on its way</source>
        <translation>需求均已满足或在途</translation>
    </message>
    <message>
        <source>All open incidents</source>
        <translation>全部未结事件</translation>
    </message>
    <message>
        <source>met, or on its way</source>
        <translation>已满足或在途</translation>
    </message>
    <message>
        <source>Choose an incident&apos;s own line: a request names its incident</source>
        <translation>请选择具体事件的行：请求须注明事件</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>已请求</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Restock… (S)</source>
        <translation>补充… (S)</translation>
    </message>
    <message>
        <source>A transfer from the nearest store that has it</source>
        <translation>从最近的有货仓库调拨</translation>
    </message>
    <message>
        <source>Choose a line that is below its minimum</source>
        <translation>请选择低于下限的一行</translation>
    </message>
    <message>
        <source>No other store has %1: take it in with a document, or ask for mutual aid</source>
        <translation>其他仓库均无%1：请凭单入库，或请求互助</translation>
    </message>
    <message>
        <source>restock</source>
        <translation>补充库存</translation>
    </message>
    <message>
        <source>All of it is asked for already: see Mutual aid (Alt+5)</source>
        <translation>已全部请求：见“互助”（Alt+5）</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::TaskOrder</name>
    <message>
        <source>decimal</source>
        <translation>点</translation>
    </message>
    <message>
        <source>EXERCISE</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>bring supplies</source>
        <translation>运送物资</translation>
    </message>
    <message>
        <source>take in %1 people</source>
        <translation>安置 %1 人</translation>
    </message>
    <message>
        <source>stand by</source>
        <translation>待命</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1，取自 %2</translation>
    </message>
    <message>
        <source>%1 min (%2–%3)</source>
        <translation>%1 分钟（%2–%3）</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 公里</translation>
    </message>
    <message>
        <source>via %1</source>
        <translation>经 %1</translation>
    </message>
    <message>
        <source>Task order %1</source>
        <translation>任务单 %1</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>To</source>
        <translation>致</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>路线</translation>
    </message>
    <message>
        <source>Expected in</source>
        <translation>预计用时</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>载货</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>停靠</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Report to</source>
        <translation>联系</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>签发</translation>
    </message>
    <message>
        <source>%1, this is the desk.</source>
        <translation>%1，这里是指挥中心。</translation>
    </message>
    <message>
        <source>Order %1: %2.</source>
        <translation>任务单 %1：%2。</translation>
    </message>
    <message>
        <source>Go to %1.</source>
        <translation>前往 %1。</translation>
    </message>
    <message>
        <source>North %1, east %2.</source>
        <translation>北纬 %1，东经 %2。</translation>
    </message>
    <message>
        <source>First to %1.</source>
        <translation>先到 %1。</translation>
    </message>
    <message>
        <source>Load %1.</source>
        <translation>装载 %1。</translation>
    </message>
    <message>
        <source>We expect you in %1.</source>
        <translation>预计 %1 到达。</translation>
    </message>
    <message>
        <source>Read back, over.</source>
        <translation>请复诵，完毕。</translation>
    </message>
    <message>
        <source>help where it is needed</source>
        <translation>按需支援</translation>
    </message>
    <message>
        <source>Cancelled: you are released</source>
        <translation>任务取消，你队已释放</translation>
    </message>
    <message>
        <source>Take another way</source>
        <translation>请改走另一条路线</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>The incident was moved: go to the place given here</source>
        <translation>事件地点已变更：请前往此处所示地点</translation>
    </message>
    <message>
        <source>+%1 more, ask</source>
        <translation>另有 %1 项，请询问</translation>
    </message>
    <message>
        <source>People come from</source>
        <translation>人员来自</translation>
    </message>
    <message>
        <source>people come from %1</source>
        <translation>人员来自 %1</translation>
    </message>
    <message>
        <source>People come from %1.</source>
        <translation>人员来自 %1。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::TimelinePage</name>
    <message>
        <source>Dotted: notified · hatched: accepted · full: on the way · light: on scene · tick and whisker: predicted arrival and its interval · line below: duty. ←→ time, ↑↓ line, + − zoom, Home: now</source>
        <translation>点状：已通知 · 斜纹：已接受 · 实色：途中 · 浅色：到场 · 竖线与横须：预计到达及区间 · 下方细线：值班。←→ 时间，↑↓ 选行，+ − 缩放，Home：现在</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Wider</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Assignments over time</source>
        <translation>任务时间线</translation>
    </message>
    <message>
        <source>Nobody was on an assignment in this time. Press − for a longer time, or ← to go back.</source>
        <translation>该时段没有任务。按 − 扩大时段，或按 ← 向前查看。</translation>
    </message>
    <message>
        <source>Assignments, %1</source>
        <translation>任务，%1</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::TimelineView</name>
    <message>
        <source>a team</source>
        <translation>某队伍</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>%1 later than predicted</source>
        <translation>比预计晚 %1</translation>
    </message>
    <message>
        <source>%1 earlier than predicted</source>
        <translation>比预计早 %1</translation>
    </message>
    <message>
        <source>%1 h reached</source>
        <translation>满 %1 小时</translation>
    </message>
    <message>
        <source>%1 of %2 h: relieve them</source>
        <translation>%1 / %2 小时：安排轮换</translation>
    </message>
    <message>
        <source>%1 of %2 h</source>
        <translation>%1 / %2 小时</translation>
    </message>
    <message>
        <source>when it set out was not told</source>
        <translation>未报告出发时间</translation>
    </message>
</context>
</TS>
