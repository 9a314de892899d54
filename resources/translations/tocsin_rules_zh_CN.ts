<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tocsin::gui::FieldWords</name>
    <message>
        <source>30s, 10min, 6h, 2d</source>
        <translation>30s、10min、6h、2d</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>names, or leave empty and choose a kind</source>
        <translation>名称；或留空并选择类型</translation>
    </message>
    <message>
        <source>Or every sensor of a kind</source>
        <translation>或某类全部传感器</translation>
    </message>
    <message>
        <source>Only in a circle</source>
        <translation>仅限圆形范围</translation>
    </message>
    <message>
        <source>latitude, longitude, km; empty: anywhere</source>
        <translation>纬度, 经度, 公里；空：不限</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Within</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>Over when back by</source>
        <translation>回落多少解除</translation>
    </message>
    <message>
        <source>Must hold for</source>
        <translation>须持续</translation>
    </message>
    <message>
        <source>Readings in a row</source>
        <translation>连续次数</translation>
    </message>
    <message>
        <source>Changes by (− falls)</source>
        <translation>变化量（−为下降）</translation>
    </message>
    <message>
        <source>Unusually high</source>
        <translation>异常偏高</translation>
    </message>
    <message>
        <source>Unusually low</source>
        <translation>异常偏低</translation>
    </message>
    <message>
        <source>Standard deviations</source>
        <translation>标准差倍数</translation>
    </message>
    <message>
        <source>And at least by</source>
        <translation>且至少相差</translation>
    </message>
    <message>
        <source>Days of learning</source>
        <translation>学习天数</translation>
    </message>
    <message>
        <source>Goes on</source>
        <translation>延续方式</translation>
    </message>
    <message>
        <source>Will be reached within</source>
        <translation>将在此时间内到达</translation>
    </message>
    <message>
        <source>Judged by the last</source>
        <translation>依据最近</translation>
    </message>
    <message>
        <source>Soil sensor</source>
        <translation>土壤传感器</translation>
    </message>
    <message>
        <source>empty: none</source>
        <translation>空：无</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>累计量</translation>
    </message>
    <message>
        <source>Soil is wet from</source>
        <translation>土壤湿度达到</translation>
    </message>
    <message>
        <source>Then so much is enough</source>
        <translation>此时只需累计</translation>
    </message>
    <message>
        <source>Says the same for</source>
        <translation>数值不变达</translation>
    </message>
    <message>
        <source>Changes that are none</source>
        <translation>视为不变的变化</translation>
    </message>
    <message>
        <source>Cannot be below</source>
        <translation>不可能低于</translation>
    </message>
    <message>
        <source>empty: may be</source>
        <translation>空：不限</translation>
    </message>
    <message>
        <source>Cannot be above</source>
        <translation>不可能高于</translation>
    </message>
    <message>
        <source>Cannot jump by</source>
        <translation>不可能突变</translation>
    </message>
    <message>
        <source>At least so many sensors</source>
        <translation>至少多少个传感器</translation>
    </message>
    <message>
        <source>Rules that must hold</source>
        <translation>须同时成立的规则</translation>
    </message>
    <message>
        <source>ids of rules, with commas</source>
        <translation>规则编号，用逗号分隔</translation>
    </message>
    <message>
        <source>No further apart than (m)</source>
        <translation>相距不超过（米）</translation>
    </message>
    <message>
        <source>empty: anywhere</source>
        <translation>空：不限</translation>
    </message>
    <message>
        <source>Nothing said for</source>
        <translation>无数据达</translation>
    </message>
    <message>
        <source>Colour, or graver</source>
        <translation>颜色（及更高）</translation>
    </message>
    <message>
        <source>empty: any</source>
        <translation>空：任意</translation>
    </message>
    <message>
        <source>CAP severity</source>
        <translation>CAP 严重性</translation>
    </message>
    <message>
        <source>CAP certainty</source>
        <translation>CAP 确定性</translation>
    </message>
    <message>
        <source>CAP urgency</source>
        <translation>CAP 紧迫性</translation>
    </message>
    <message>
        <source>CAP category</source>
        <translation>CAP 类别</translation>
    </message>
    <message>
        <source>Events or codes</source>
        <translation>事件名或代码</translation>
    </message>
    <message>
        <source>Also outside the county</source>
        <translation>包括县域之外</translation>
    </message>
    <message>
        <source>Magnitude from</source>
        <translation>震级不低于</translation>
    </message>
    <message>
        <source>No further from the county than (km)</source>
        <translation>距县域不超过（公里）</translation>
    </message>
    <message>
        <source>Not older than</source>
        <translation>发生时间不早于</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Hazard</source>
        <translation>灾种</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Title, Chinese</source>
        <translation>标题（中文）</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处置指引</translation>
    </message>
    <message>
        <source>What to do, Chinese</source>
        <translation>处置指引（中文）</translation>
    </message>
    <message>
        <source>To be told</source>
        <translation>须通知</translation>
    </message>
    <message>
        <source>names or posts, with commas</source>
        <translation>姓名或岗位，用逗号分隔</translation>
    </message>
    <message>
        <source>Suggested plan</source>
        <translation>建议预案</translation>
    </message>
    <message>
        <source>Louder when not seen for</source>
        <translation>未确认多久后升级提醒</translation>
    </message>
    <message>
        <source>empty: never</source>
        <translation>空：从不</translation>
    </message>
    <message>
        <source>Stays until it is reset</source>
        <translation>锁定，须人工复位</translation>
    </message>
    <message>
        <source>Flaps after so many returns</source>
        <translation>反复多少次视为抖动</translation>
    </message>
    <message>
        <source>… within</source>
        <translation>……时间范围</translation>
    </message>
    <message>
        <source>While it stands it mutes</source>
        <translation>有效期间抑制</translation>
    </message>
    <message>
        <source>rules, such as pressure-*</source>
        <translation>规则，如 pressure-*</translation>
    </message>
    <message>
        <source>… no further away than (m)</source>
        <translation>……距离不超过（米）</translation>
    </message>
    <message>
        <source>… raised no later than</source>
        <translation>……其后不晚于</translation>
    </message>
    <message>
        <source>empty: as long as it stands</source>
        <translation>空：有效期间一直抑制</translation>
    </message>
    <message>
        <source>Of feeds that are</source>
        <translation>数据源可信度</translation>
    </message>
    <message>
        <source>Usual after days (0: never)</source>
        <translation>持续几天后视为常态（0：从不）</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RuleForm</name>
    <message>
        <source>This cannot stand here</source>
        <translation>此处不能填写该内容</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
    <message>
        <source>at or above the limit</source>
        <translation>达到或高于限值</translation>
    </message>
    <message>
        <source>at or below the limit</source>
        <translation>达到或低于限值</translation>
    </message>
    <message>
        <source>in a straight line</source>
        <translation>按直线延续</translation>
    </message>
    <message>
        <source>falling off, as a river after rain</source>
        <translation>按退水曲线衰减</translation>
    </message>
    <message>
        <source>What its alarm says</source>
        <translation>告警内容</translation>
    </message>
    <message>
        <source>What becomes of its alarm</source>
        <translation>告警处理</translation>
    </message>
    <message>
        <source>any, also unverified</source>
        <translation>不限，含未核实</translation>
    </message>
    <message>
        <source>known or official</source>
        <translation>已知或官方</translation>
    </message>
    <message>
        <source>official only</source>
        <translation>仅官方</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RuleTrial</name>
    <message>
        <source>See when this rule would have fired, before it does so at night.</source>
        <translation>先看看这条规则过去何时会触发，免得它在夜里误报。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reading the stored past …</source>
        <translation>正在读取历史数据……</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试算</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>There are no readings of its sensors in this time.</source>
        <translation>这段时间内没有相关传感器的监测值。</translation>
    </message>
    <message>
        <source>It would not have fired: %1 readings looked at.</source>
        <translation>不会触发：共检查 %1 个监测值。</translation>
    </message>
    <message>
        <source>It would have fired once (%1 readings looked at).</source>
        <translation>会触发 1 次（共检查 %1 个监测值）。</translation>
    </message>
    <message>
        <source>It would have fired %1 times, at most %2 in one minute (%3 readings looked at).</source>
        <translation>会触发 %1 次，一分钟内最多 %2 次（共检查 %3 个监测值）。</translation>
    </message>
    <message>
        <source>That is too often for one person: give it a delay, a hysteresis or a higher limit.</source>
        <translation>对一个人来说过于频繁：请设置持续时间、回差或提高限值。</translation>
    </message>
    <message>
        <source>still</source>
        <translation>仍持续</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>……另有 %1 次</translation>
    </message>
    <message>
        <source>Over the stored past</source>
        <translation>历史试算</translation>
    </message>
    <message>
        <source>last day</source>
        <translation>最近 1 天</translation>
    </message>
    <message>
        <source>last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>last year</source>
        <translation>最近 1 年</translation>
    </message>
    <message>
        <source>last 10 years</source>
        <translation>最近 10 年</translation>
    </message>
    <message>
        <source>How far back</source>
        <translation>回溯多久</translation>
    </message>
    <message>
        <source>When it would have fired</source>
        <translation>会触发的时间</translation>
    </message>
    <message>
        <source>No such messages came in this time.</source>
        <translation>这段时间内没有收到此类消息。</translation>
    </message>
    <message>
        <source>It would not have fired: %1 messages looked at.</source>
        <translation>不会触发（共检查 %1 条消息）。</translation>
    </message>
    <message>
        <source>It would have fired once (%1 messages looked at).</source>
        <translation>会触发 1 次（共检查 %1 条消息）。</translation>
    </message>
    <message>
        <source>It would have fired %1 times, at most %2 in one minute (%3 messages looked at).</source>
        <translation>会触发 %1 次，一分钟内最多 %2 次（共检查 %3 条消息）。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RuleWords</name>
    <message>
        <source>Threshold</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>A value at or beyond a limit, for a time or for readings in a row.</source>
        <translation>监测值达到或越过限值，并持续一段时间或连续若干次。</translation>
    </message>
    <message>
        <source>Rate of change</source>
        <translation>变化速率</translation>
    </message>
    <message>
        <source>Rises (or, with a minus, falls) by so much within a time.</source>
        <translation>在一段时间内上升（负数为下降）达到某个量。</translation>
    </message>
    <message>
        <source>Unusual for the hour</source>
        <translation>偏离同时段常态</translation>
    </message>
    <message>
        <source>Far from what is usual at that hour of the day; learned by itself.</source>
        <translation>明显偏离一天中该时段的常态；自动学习。</translation>
    </message>
    <message>
        <source>Will reach a limit</source>
        <translation>预测越限</translation>
    </message>
    <message>
        <source>Reaches a limit soon if it goes on as it did; says when, and how surely.</source>
        <translation>按目前趋势即将到达限值；给出时间和误差。</translation>
    </message>
    <message>
        <source>Accumulated</source>
        <translation>累计量</translation>
    </message>
    <message>
        <source>So much in all within a time, as rain; less where the soil is wet.</source>
        <translation>一段时间内的累计量，如降雨；土壤潮湿时门槛降低。</translation>
    </message>
    <message>
        <source>Several sensors</source>
        <translation>多个传感器</translation>
    </message>
    <message>
        <source>At least so many sensors beyond a limit at about the same time.</source>
        <translation>大致同一时间至少若干个传感器越限。</translation>
    </message>
    <message>
        <source>Rules together</source>
        <translation>规则组合</translation>
    </message>
    <message>
        <source>Other rules hold at the same time, near each other: rain and a slope.</source>
        <translation>其他规则同时在附近成立：如强降雨且坡体位移。</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>静默</translation>
    </message>
    <message>
        <source>A sensor that should speak has said nothing for so long.</source>
        <translation>应有数据的传感器长时间没有数据。</translation>
    </message>
    <message>
        <source>Stuck</source>
        <translation>数值卡死</translation>
    </message>
    <message>
        <source>Says the same for too long: a fault of the sensor.</source>
        <translation>数值长时间不变：传感器故障。</translation>
    </message>
    <message>
        <source>Implausible</source>
        <translation>数值不可信</translation>
    </message>
    <message>
        <source>Says what cannot be: a fault of the sensor, which mutes what depends on it.</source>
        <translation>出现不可能的数值：传感器故障，并抑制依赖它的告警。</translation>
    </message>
    <message>
        <source>Official warning</source>
        <translation>官方预警</translation>
    </message>
    <message>
        <source>A CAP warning whose area touches the county.</source>
        <translation>影响区域涉及本县的 CAP 预警。</translation>
    </message>
    <message>
        <source>Earthquake</source>
        <translation>地震</translation>
    </message>
    <message>
        <source>An earthquake of at least a magnitude, no further than so far from the county.</source>
        <translation>震级不低于某值、距县域不超过某距离的地震。</translation>
    </message>
    <message>
        <source>warnings of others</source>
        <translation>外来预警</translation>
    </message>
    <message>
        <source>earthquakes</source>
        <translation>地震信息</translation>
    </message>
    <message>
        <source>every sensor: %1</source>
        <translation>全部传感器：%1</translation>
    </message>
    <message>
        <source>%1 sensors</source>
        <translation>%1 个传感器</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RulesWindow</name>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>When readings and messages become an alarm, how grave it is and what it says. Nothing is in force before it is saved.</source>
        <translation>监测值和外来信息何时成为告警、级别多高、内容是什么。保存之前不生效。</translation>
    </message>
    <message>
        <source>Find a rule, a sensor, a hazard</source>
        <translation>查找规则、传感器、灾种</translation>
    </message>
    <message>
        <source>Find a rule</source>
        <translation>查找规则</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Text of all rules</source>
        <translation>全部规则文本</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>检查意见</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>The changed rules are not saved.</source>
        <translation>修改过的规则尚未保存。</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>%1 (not in force)</source>
        <translation>%1（未启用）</translation>
    </message>
    <message>
        <source>Wrong: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>Doubtful: %1</source>
        <translation>存疑：%1</translation>
    </message>
    <message>
        <source>Save rules</source>
        <translation>保存规则</translation>
    </message>
    <message>
        <source>Put 1 change in force</source>
        <translation>使 1 处修改生效</translation>
    </message>
    <message>
        <source>Put %1 changes in force</source>
        <translation>使 %1 处修改生效</translation>
    </message>
    <message>
        <source>The desk is read-only: rules can be looked at and tried, not changed.</source>
        <translation>当前为只读：规则可以查看和试算，不能修改。</translation>
    </message>
    <message>
        <source>What is wrong must be mended before the rules can be put in force.</source>
        <translation>改正错误后规则才能生效。</translation>
    </message>
    <message>
        <source>In force now, and in the duty log.</source>
        <translation>已生效，并记入值班日志。</translation>
    </message>
    <message>
        <source>Look at the file&apos;s rules</source>
        <translation>查看文件中的规则</translation>
    </message>
    <message>
        <source>Looking over the stored past</source>
        <translation>正在检查历史数据</translation>
    </message>
    <message>
        <source>rules.toml had been changed by hand: those rules were put aside and are not in force.</source>
        <translation>rules.toml 曾被手工修改：其中的规则已另存，未生效。</translation>
    </message>
    <message>
        <source>Put in force without waiting</source>
        <translation>不再等待，立即生效</translation>
    </message>
    <message>
        <source>Looking when the changed rules would have fired …</source>
        <translation>正在用历史数据试运行已修改的规则……</translation>
    </message>
    <message>
        <source>Other rules were put in force meanwhile. Yours take their place.</source>
        <translation>在此期间已有其他规则生效，您的规则将取代它们。</translation>
    </message>
    <message>
        <source>The stored past could not be looked over: %1</source>
        <translation>无法检查历史数据：%1</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>……另有 %1 条</translation>
    </message>
    <message>
        <source>Put the rules in force all the same?</source>
        <translation>仍要使这些规则生效吗？</translation>
    </message>
    <message>
        <source>Put in force all the same</source>
        <translation>仍然生效</translation>
    </message>
    <message>
        <source>Save or discard the changes first.</source>
        <translation>请先保存或放弃修改。</translation>
    </message>
</context>
</TS>
