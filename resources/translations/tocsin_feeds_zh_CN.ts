<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tocsin::gui::AlikeBar</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Take all like it again</source>
        <translation>重新接收所有同类</translation>
    </message>
    <message>
        <source>All of this feed that could not be taken for the same kind of reason</source>
        <translation>该数据源中因同类原因未能接收的全部内容</translation>
    </message>
    <message>
        <source>What came of taking again</source>
        <translation>重新接收的结果</translation>
    </message>
    <message>
        <source>Taking it again …</source>
        <translation>正在重新接收……</translation>
    </message>
    <message>
        <source>%1 of %2 tried: %3 taken, %4 still refused</source>
        <translation>已处理 %1/%2：接收 %3 条，仍被拒 %4 条</translation>
    </message>
    <message>
        <source>%1 taken, %2 still refused</source>
        <translation>已接收 %1 条，仍被拒 %2 条</translation>
    </message>
    <message>
        <source>Ended after %1 of %2: %3 taken, %4 still refused</source>
        <translation>处理 %1/%2 后结束：接收 %3 条，仍被拒 %4 条</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::DoorsPage</name>
    <message>
        <source>Where this desk listens, and who may send and see what. Everything else that it hears comes by the feeds above.</source>
        <translation>本指挥台的监听地址，以及谁可以发送、谁可以查看。其余信息均由上方各数据源传入。</translation>
    </message>
    <message>
        <source>Readings over TCP at</source>
        <translation>TCP 读数地址</translation>
    </message>
    <message>
        <source>HTTP door at</source>
        <translation>HTTP 入口地址</translation>
    </message>
    <message>
        <source>Its certificate (PEM)</source>
        <translation>证书（PEM）</translation>
    </message>
    <message>
        <source>Its key (PEM)</source>
        <translation>私钥（PEM）</translation>
    </message>
    <message>
        <source>Open311: keys of senders</source>
        <translation>Open311：发送者密钥</translation>
    </message>
    <message>
        <source>Open311: shows reports of</source>
        <translation>Open311：公开其上报的数据源</translation>
    </message>
    <message>
        <source>Who may see who reported</source>
        <translation>可查看上报人信息者</translation>
    </message>
    <message>
        <source>a file in the county&apos;s folder; empty: no https</source>
        <translation>县数据文件夹中的文件；留空：不用 https</translation>
    </message>
    <message>
        <source>empty: in the certificate&apos;s file</source>
        <translation>留空：在证书文件内</translation>
    </message>
    <message>
        <source>with commas; empty: everybody may send</source>
        <translation>以逗号分隔；留空：任何人都可发送</translation>
    </message>
    <message>
        <source>feeds, with commas; empty: nobody&apos;s are shown</source>
        <translation>数据源，以逗号分隔；留空：一律不公开</translation>
    </message>
    <message>
        <source>names, with commas; empty: everybody at the desk</source>
        <translation>姓名，以逗号分隔；留空：指挥台所有人</translation>
    </message>
    <message>
        <source>Save for the next start</source>
        <translation>保存，下次启动生效</translation>
    </message>
    <message>
        <source>⚠ Readings over TCP are open to other machines, without encryption and without a key: whoever reaches the address can send readings.</source>
        <translation>⚠ TCP 读数对其他计算机开放，既不加密也不验证密钥：能连到该地址的人都能发送读数。</translation>
    </message>
    <message>
        <source>⚠ The HTTP door is open to other machines without a certificate: what is sent there can be read on its way.</source>
        <translation>⚠ HTTP 入口对其他计算机开放但没有证书：发送的内容可能在途中被读取。</translation>
    </message>
    <message>
        <source>⚠ Whoever reaches the HTTP door may send Open311 requests: no key is asked for.</source>
        <translation>⚠ 能连到 HTTP 入口的人都可发送 Open311 请求：不要求密钥。</translation>
    </message>
    <message>
        <source>Only shown here: it is changed at the desk itself, not at a seat or where nothing can be written.</source>
        <translation>此处仅供查看：须在指挥台本机上更改，席位上或无法写入时不能更改。</translation>
    </message>
    <message>
        <source>Not saved yet. It holds from the next start of the desk.</source>
        <translation>尚未保存。指挥台下次启动后生效。</translation>
    </message>
    <message>
        <source>Saved. It holds from the next start of the desk; until then all stays as it was.</source>
        <translation>已保存。指挥台下次启动后生效，此前一切照旧。</translation>
    </message>
    <message>
        <source>What is changed here holds from the next start of the desk.</source>
        <translation>此处的更改在指挥台下次启动后生效。</translation>
    </message>
    <message>
        <source>Connections to the HTTP door</source>
        <translation>HTTP 入口的连接数</translation>
    </message>
    <message>
        <source>Of them from one address</source>
        <translation>其中来自同一地址的</translation>
    </message>
    <message>
        <source>At once, 10 to 100,000. Beyond, the one that has been idle longest gives way.</source>
        <translation>同时连接数，10 至 100,000。超出时，闲置最久的连接让位。</translation>
    </message>
    <message>
        <source>A proxy or a gateway of phones is one address.</source>
        <translation>代理或手机网关算作一个地址。</translation>
    </message>
    <message>
        <source>⚠ May see contacts or lead, and has no PIN, so that anybody can take the name: %1. Each sets one with Ctrl+K, My PIN.</source>
        <translation>⚠ 有权查看联系方式或带班但没有PIN码，任何人都能使用其姓名：%1。请各自设置：Ctrl+K，我的PIN码。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Has a PIN: %1.</source>
        <translation>已设PIN码：%1。</translation>
    </message>
    <message>
        <source>Who may see who reported is changed by one of those who may, once their PIN was given at this window.</source>
        <translation>谁可查看报告人，只能由有此权限的人在此窗口输入其PIN码后更改。</translation>
    </message>
    <message>
        <source>Readings and warnings: keys</source>
        <translation>读数和预警：密钥</translation>
    </message>
    <message>
        <source>with commas; empty: only this machine may send them to the HTTP door</source>
        <translation>用逗号分隔；留空：只有本机可以向 HTTP 接口发送</translation>
    </message>
    <message>
        <source>⚠ No keys for readings and warnings: the HTTP door refuses those of other machines (/readings, /messages).</source>
        <translation>⚠ 没有设读数和预警的密钥：HTTP 接口拒收其他机器发来的读数和预警（/readings、/messages）。</translation>
    </message>
    <message>
        <source>Phones reach it at</source>
        <translation>手机访问地址</translation>
    </message>
    <message>
        <source>https://NAME:PORT of a proxy; empty: the HTTP door&apos;s own address</source>
        <translation>代理的 https://名称:端口；留空则为 HTTP 入口自身的地址</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::FeedForm</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Comes by</source>
        <translation>接入方式</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Asked every</source>
        <translation>查询间隔</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Quality of service</source>
        <translation>服务质量</translation>
    </message>
    <message>
        <source>MQTT version</source>
        <translation>MQTT 版本</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Silence is an alarm after</source>
        <translation>静默告警时限</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>可信度</translation>
    </message>
    <message>
        <source>Datum</source>
        <translation>坐标基准</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Before sensors&apos; names</source>
        <translation>传感器名前缀</translation>
    </message>
    <message>
        <source>New sensors</source>
        <translation>新传感器</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Authority (PEM)</source>
        <translation>签发机构（PEM）</translation>
    </message>
    <message>
        <source>Own certificate (PEM)</source>
        <translation>本机证书（PEM）</translation>
    </message>
    <message>
        <source>Its key (PEM)</source>
        <translation>证书私钥（PEM）</translation>
    </message>
    <message>
        <source>Signers (PEM)</source>
        <translation>签名者（PEM）</translation>
    </message>
    <message>
        <source>Mapping</source>
        <translation>字段映射</translation>
    </message>
    <message>
        <source>0: at most once</source>
        <translation>0：至多一次</translation>
    </message>
    <message>
        <source>1: at least once</source>
        <translation>1：至少一次</translation>
    </message>
    <message>
        <source>2: exactly once</source>
        <translation>2：恰好一次</translation>
    </message>
    <message>
        <source>unverified</source>
        <translation>未核实</translation>
    </message>
    <message>
        <source>known</source>
        <translation>已知</translation>
    </message>
    <message>
        <source>official</source>
        <translation>官方</translation>
    </message>
    <message>
        <source>take what it brings</source>
        <translation>接收其数据</translation>
    </message>
    <message>
        <source>register what it describes</source>
        <translation>登记其描述的传感器</translation>
    </message>
    <message>
        <source>never; or 30min, 6h, 2d</source>
        <translation>不设；或 30min、6h、2d</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save the feed</source>
        <translation>保存数据源</translation>
    </message>
    <message>
        <source>Save “%1”</source>
        <translation>保存“%1”</translation>
    </message>
    <message>
        <source>Another feed is called so already.</source>
        <translation>已有同名数据源。</translation>
    </message>
    <message>
        <source>Shared secret</source>
        <translation>共享密钥</translation>
    </message>
    <message>
        <source>of Ushahidi&apos;s web hook, which signs with it</source>
        <translation>Ushahidi 网络钩子用来签名的密钥</translation>
    </message>
    <message>
        <source>A header is written as “Name: value”, one in a line.</source>
        <translation>请求头写作“名称: 值”，每行一个。</translation>
    </message>
    <message>
        <source>It is then as grave as</source>
        <translation>此时告警级别</translation>
    </message>
    <message>
        <source>Signature not valid</source>
        <translation>签名无效时</translation>
    </message>
    <message>
        <source>Signer unknown</source>
        <translation>签署者未知时</translation>
    </message>
    <message>
        <source>Not signed</source>
        <translation>未签名时</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Client&apos;s name</source>
        <translation>客户端名称</translation>
    </message>
    <message>
        <source>Their certificate</source>
        <translation>对方证书</translation>
    </message>
    <message>
        <source>Between phones</source>
        <translation>手机之间</translation>
    </message>
    <message>
        <source>take it</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>hold it until a person says so</source>
        <translation>暂留，待人工确认</translation>
    </message>
    <message>
        <source>into quarantine</source>
        <translation>隔离</translation>
    </message>
    <message>
        <source>How far what it brings is believed before somebody has judged: it stands beside reports, warnings and earthquakes, and a rule may ask for a least trust.</source>
        <translation>在人工判断之前对其内容的相信程度：显示在报告、预警和地震旁，规则可要求最低可信度。</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>高级设置</translation>
    </message>
    <message>
        <source>follow those of indexes and pages</source>
        <translation>跟随索引和分页中的链接</translation>
    </message>
    <message>
        <source>made from the county and the feed&apos;s name</source>
        <translation>由县名和数据源名称生成</translation>
    </message>
    <message>
        <source>must be one that is trusted</source>
        <translation>必须是受信任的证书</translation>
    </message>
    <message>
        <source>what one sends goes to the others</source>
        <translation>一台发送的内容转发给其他手机</translation>
    </message>
    <message>
        <source>By datagrams the desk only hears: it sends nothing, for nobody acknowledges them. A phone that comes only this way is told by voice.</source>
        <translation>数据报方式下值守台只接收不发送，因为无人确认数据报。仅以此方式接入的手机须口头传达。</translation>
    </message>
    <message>
        <source>Remove the feed “%1”? Nothing more is taken from it, and its settings are gone, its passwords and keys with them. What it brought stays.</source>
        <translation>要移除数据源“%1”吗？不再接收它的任何内容，其设置连同口令和密钥一并删除；它已带来的内容保留。</translation>
    </message>
    <message>
        <source>Remove the feed</source>
        <translation>移除数据源</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Other values</source>
        <translation>不同数值</translation>
    </message>
    <message>
        <source>take the place of stored ones</source>
        <translation>替换已存数值</translation>
    </message>
    <message>
        <source>A service that revises its readings: its later value counts, and the duty log keeps both. Else they wait in quarantine for a person.</source>
        <translation>适用于会修订读数的服务：以后到的数值为准，值班日志保留两者；否则进入隔离区，等待人工处理。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::FeedHealthPage</name>
    <message>
        <source>Choose a feed above, or set up a new one.</source>
        <translation>请在上方选择数据源，或新建一个。</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1，已 %2</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Per second, of late</source>
        <translation>近期每秒</translation>
    </message>
    <message>
        <source>Last good</source>
        <translation>最近成功</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>最近有响应</translation>
    </message>
    <message>
        <source>Known already</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>To quarantine</source>
        <translation>送入隔离区</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Desk was full</source>
        <translation>值守台繁忙</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1 次</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接数</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>被拒连接</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>Last fault</source>
        <translation>最近错误</translation>
    </message>
    <message>
        <source>Reason of the last fault</source>
        <translation>最近错误的原因</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>In quarantine, not judged</source>
        <translation>隔离区待处理</translation>
    </message>
    <message>
        <source>%1; of %2 only the beginning is kept, for the room here was full</source>
        <translation>%1 条；其中 %2 条因空间已满仅保留开头部分</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::FeedQuarantinePage</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Why it could not be taken</source>
        <translation>无法接收的原因</translation>
    </message>
    <message>
        <source>In quarantine</source>
        <translation>隔离区</translation>
    </message>
    <message>
        <source>Raw bytes</source>
        <translation>原始字节</translation>
    </message>
    <message>
        <source>Take it again</source>
        <translation>重新接收</translation>
    </message>
    <message>
        <source>Dismiss it</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Nothing waits here. What a feed sends and nobody can read is kept in this place, whole, with the reason.</source>
        <translation>此处没有待处理内容。数据源发来而无法读取的内容会完整保存在这里，并注明原因。</translation>
    </message>
    <message>
        <source>Taking it again …</source>
        <translation>正在重新接收……</translation>
    </message>
    <message>
        <source>Still not: %1</source>
        <translation>仍无法接收：%1</translation>
    </message>
    <message>
        <source>%1 taken, %2 again in quarantine: %3</source>
        <translation>已接收 %1 条，%2 条再次隔离：%3</translation>
    </message>
    <message>
        <source>Taken: %1 new, %2 known already</source>
        <translation>已接收：新增 %1 条，重复 %2 条</translation>
    </message>
    <message>
        <source>%1 older ones: show more</source>
        <translation>另有 %1 条较早的：显示更多</translation>
    </message>
    <message>
        <source>Only the first %1 of %2 bytes are kept, for the room of this feed here was full. SHA-256 of all: %3</source>
        <translation>该数据源的隔离空间已满，仅保留 %2 字节中的前 %1 字节。全文 SHA-256：%3</translation>
    </message>
    <message>
        <source>Dismissed; its bytes stay for another month, its reason in the duty log</source>
        <translation>已搁置；原始字节再保留一个月，原因记入值班日志</translation>
    </message>
    <message>
        <source>Show the bytes</source>
        <translation>显示原始字节</translation>
    </message>
    <message>
        <source>%1× %2</source>
        <translation>%1 次：%2</translation>
    </message>
    <message>
        <source>The same came %1 times, last %2.</source>
        <translation>同样内容来过 %1 次，最近一次 %2。</translation>
    </message>
    <message>
        <source>Its bytes may say who reported: they are shown on asking, and that is written into the duty log.</source>
        <translation>原始字节中可能有报告人信息：点按后才显示，并记入值班日志。</translation>
    </message>
    <message>
        <source>Use this value</source>
        <translation>采用此值</translation>
    </message>
    <message>
        <source>It takes the place of the stored one, which stays findable; rules judge it only where it is the sensor&apos;s newest.</source>
        <translation>它取代已存的值，原值仍可查到；只有当它是该传感器最新的监测值时，规则才会判断它。</translation>
    </message>
    <message>
        <source>It is the value from now on; the one before stays in the duty log and in what is exported</source>
        <translation>从现在起以此值为准；原值仍保留在值班日志和导出的数据中</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::FeedWords</name>
    <message>
        <source>off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>trying again</source>
        <translation>重试中</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Lines over TCP (we listen)</source>
        <translation>TCP 文本行（本机监听）</translation>
    </message>
    <message>
        <source>Lines over UDP (we listen)</source>
        <translation>UDP 文本行（本机监听）</translation>
    </message>
    <message>
        <source>HTTP, sent to us</source>
        <translation>HTTP 推送</translation>
    </message>
    <message>
        <source>MQTT broker</source>
        <translation>MQTT 服务器</translation>
    </message>
    <message>
        <source>Web address, asked now and then</source>
        <translation>网址（定时查询）</translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Field phones, TCP or TLS (we listen)</source>
        <translation>现场手机，TCP 或 TLS（本机监听）</translation>
    </message>
    <message>
        <source>TAK server (we connect)</source>
        <translation>TAK 服务器（本机连接）</translation>
    </message>
    <message>
        <source>NMEA or AIS over TCP (we connect)</source>
        <translation>NMEA 或 AIS，TCP（本机连接）</translation>
    </message>
    <message>
        <source>NMEA or AIS over UDP (we listen)</source>
        <translation>NMEA 或 AIS，UDP（本机监听）</translation>
    </message>
    <message>
        <source>told by content</source>
        <translation>按内容识别</translation>
    </message>
    <message>
        <source>Not understood: it would go to quarantine, whole</source>
        <translation>无法解析：将整体送入隔离区</translation>
    </message>
    <message>
        <source>%1: %2 taken, %3 to quarantine, %4 links to follow</source>
        <translation>%1：接收 %2 条，隔离 %3 条，待跟随链接 %4 个</translation>
    </message>
    <message>
        <source>signature: %1</source>
        <translation>签名：%1</translation>
    </message>
    <message>
        <source>No topic is given: what is told by a message&apos;s topic is missing here</source>
        <translation>未填写主题：此处缺少由消息主题给出的内容</translation>
    </message>
    <message>
        <source>It describes %1 sensors, which this feed does not register</source>
        <translation>其中描述了 %1 个传感器，但该数据源不登记传感器</translation>
    </message>
    <message>
        <source>%1 of sensors that are not registered: %2</source>
        <translation>其中 %1 条来自未登记的传感器：%2</translation>
    </message>
    <message>
        <source>Field phones, UDP (we only listen)</source>
        <translation>现场手机，UDP（我方只监听）</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::FeedsWindow</name>
    <message>
        <source>Feeds</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Everything that the desk hears: sensors, agencies, citizens, units. The gravest stands first.</source>
        <translation>值守台接收的一切：传感器、机构、群众、现场力量。最需要处置的排在最前。</translation>
    </message>
    <message>
        <source>Feed</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Per second</source>
        <translation>每秒</translation>
    </message>
    <message>
        <source>Last good</source>
        <translation>最近成功</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>隔离区</translation>
    </message>
    <message>
        <source>Comes by</source>
        <translation>接入方式</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>New feed</source>
        <translation>新建数据源</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Who ought to speak</source>
        <translation>应当发声者</translation>
    </message>
    <message>
        <source>Sensors…</source>
        <translation>传感器…</translation>
    </message>
    <message>
        <source>The register: whose readings are taken (Shift+F8)</source>
        <translation>登记簿：接收哪些传感器的读数（Shift+F8）</translation>
    </message>
    <message>
        <source>Of %1 only the beginning is kept: the room for this feed was full</source>
        <translation>其中 %1 条仅保留开头部分：该数据源的空间已满</translation>
    </message>
    <message>
        <source>This desk</source>
        <translation>本指挥台</translation>
    </message>
    <message>
        <source>Where the desk itself listens, and who may send and see what</source>
        <translation>指挥台本身的监听地址，以及谁可以发送和查看</translation>
    </message>
    <message>
        <source>The new feed is not saved.</source>
        <translation>新的数据源尚未保存。</translation>
    </message>
    <message>
        <source>The changed feed “%1” is not saved.</source>
        <translation>对数据源“%1”的更改尚未保存。</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RegisterOffer</name>
    <message>
        <source>Register…</source>
        <translation>登记…</translation>
    </message>
    <message>
        <source>Put the sensor %1 into the register</source>
        <translation>将传感器 %1 登记入册</translation>
    </message>
    <message>
        <source>Put one of these sensors into the register</source>
        <translation>将其中一个传感器登记入册</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SamplePane</name>
    <message>
        <source>A sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>What it becomes</source>
        <translation>解析结果</translation>
    </message>
    <message>
        <source>What the feed sends, as it sends it.</source>
        <translation>数据源发送的原文。</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Here it says what a sample becomes: each message, and each fault with its place.</source>
        <translation>此处显示样本的解析结果：每条消息，以及每处错误的位置。</translation>
    </message>
    <message>
        <source>Fetching …</source>
        <translation>正在获取……</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>停止监听</translation>
    </message>
    <message>
        <source>Listen for a sample</source>
        <translation>监听样本</translation>
    </message>
    <message>
        <source>Take what has come</source>
        <translation>采用已收到的内容</translation>
    </message>
    <message>
        <source>Listening …</source>
        <translation>正在监听……</translation>
    </message>
    <message>
        <source>Listening for another %1 s: nothing has come yet</source>
        <translation>继续监听 %1 秒：尚未收到任何内容</translation>
    </message>
    <message>
        <source>Listening for another %1 s: %2 bytes have come</source>
        <translation>继续监听 %1 秒：已收到 %2 字节</translation>
    </message>
    <message>
        <source>%1 (topic %2)</source>
        <translation>%1（主题 %2）</translation>
    </message>
    <message>
        <source>A sample: paste it, open a file, fetch it or listen for it</source>
        <translation>样本：粘贴、打开文件、获取或监听</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>the topic that it came by</source>
        <translation>该消息的主题</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Open a file …</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open a sample</source>
        <translation>打开样本</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>The feed could not start: %1</source>
        <translation>该数据源无法启动：%1</translation>
    </message>
    <message>
        <source>%1 bytes, all of them read</source>
        <translation>共 %1 字节，已全部读取</translation>
    </message>
    <message>
        <source>%1 · not registered</source>
        <translation>%1 · 未登记</translation>
    </message>
    <message>
        <source>The first of them: %1</source>
        <translation>其中第一个：%1</translation>
    </message>
    <message>
        <source>The first of them cannot be fetched: %1</source>
        <translation>其中第一个无法获取：%1</translation>
    </message>
    <message>
        <source>Fetching the first of them …</source>
        <translation>正在获取其中第一个…</translation>
    </message>
    <message>
        <source>it has more than %1 MiB</source>
        <translation>超过 %1 MiB</translation>
    </message>
    <message>
        <source>Only the first %1 characters are read: open it as a file</source>
        <translation>只读取前 %1 个字符：请作为文件打开</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SensorForm</name>
    <message>
        <source>no bound; or a number such as 0.5</source>
        <translation>不限；或数字，例如 0.5</translation>
    </message>
    <message>
        <source>A number is expected, with a point before decimals</source>
        <translation>请填写数字，小数点用“.”</translation>
    </message>
    <message>
        <source>This is more than anything measures</source>
        <translation>超出任何测量范围</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>as its readings name it</source>
        <translation>与其读数中的名称一致</translation>
    </message>
    <message>
        <source>The id under which its readings come is expected</source>
        <translation>请填写其读数所用的标识</translation>
    </message>
    <message>
        <source>The id is too long: readings name a sensor in at most 120 bytes</source>
        <translation>标识过长：读数中传感器名称最多 120 字节</translation>
    </message>
    <message>
        <source>A sensor with this id is in the register already: choose it in the list</source>
        <translation>已有此标识的传感器：请在列表中选择</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name in Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>m, mm/h, °C …; readings in others are brought to it</source>
        <translation>m、mm/h、°C 等；其他单位的读数将换算</translation>
    </message>
    <message>
        <source>A unit has at most 32 bytes</source>
        <translation>单位最多 32 字节</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Place in Chinese</source>
        <translation>中文地点</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>such as 47.1412, 9.5215</source>
        <translation>例如 47.1412, 9.5215</translation>
    </message>
    <message>
        <source>Coordinates such as 47.1412, 9.5215 are expected</source>
        <translation>请填写坐标，例如 47.1412, 9.5215</translation>
    </message>
    <message>
        <source>Silence is an alarm after</source>
        <translation>静默告警时限</translation>
    </message>
    <message>
        <source>never; or 30min, 6h, 2d</source>
        <translation>不设；或 30min、6h、2d</translation>
    </message>
    <message>
        <source>A time such as 90s, 30min, 6h or 2d is expected</source>
        <translation>请填写时长，例如 90s、30min、6h 或 2d</translation>
    </message>
    <message>
        <source>From 10 seconds to 366 days are expected</source>
        <translation>应在 10 秒至 366 天之间</translation>
    </message>
    <message>
        <source>Lowest value</source>
        <translation>最低值</translation>
    </message>
    <message>
        <source>Highest value</source>
        <translation>最高值</translation>
    </message>
    <message>
        <source>The lowest value must be below the highest</source>
        <translation>最低值必须小于最高值</translation>
    </message>
    <message>
        <source>Out of service: %1 (%2)</source>
        <comment>reason, who</comment>
        <translation>已停用：%1（%2）</translation>
    </message>
    <message>
        <source>Described by the feed %1. What is changed here, but for the silence limit, makes the sensor the county&apos;s own: the feed then changes it no more.</source>
        <translation>由数据源 %1 描述。除静默时限外，在此更改后该传感器即归本县管理，数据源不再更改它。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>在地图上</translation>
    </message>
    <message>
        <source>Point at it on the map (Alt+P)</source>
        <translation>在地图上指定（Alt+P）</translation>
    </message>
    <message>
        <source>It is called so: keep it</source>
        <translation>单位无误：保留</translation>
    </message>
    <message>
        <source>Readings in this very unit, or that name none, are taken; those in others wait in quarantine.</source>
        <translation>只接收以此单位或不带单位的读数；其他单位的读数进入隔离区。</translation>
    </message>
    <message>
        <source>Retired: %1 (%2)</source>
        <comment>reason, who</comment>
        <translation>已注销：%1（%2）</translation>
    </message>
    <message>
        <source>Select a sensor on the left to read and edit it, or press New sensor to register one.</source>
        <translation>在左侧选中一个传感器以查看和编辑，或按“新建传感器”登记一个。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SensorTable</name>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>不低于 %1</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>不高于 %1</translation>
    </message>
    <message>
        <source>out of service: %1</source>
        <translation>已停用：%1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
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
        <source>Silent after</source>
        <translation>静默时限</translation>
    </message>
    <message>
        <source>Can measure</source>
        <translation>量程</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>运行状态</translation>
    </message>
    <message>
        <source>retired: %1</source>
        <translation>已注销：%1</translation>
    </message>
    <message>
        <source>its clock is %1 ahead</source>
        <translation>其时钟超前 %1</translation>
    </message>
    <message>
        <source>its clock is %1 behind, or it is told late</source>
        <translation>其时钟落后 %1，或其发送延迟</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::SensorsWindow</name>
    <message>
        <source>Sensors</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>Readings are taken from the sensors of this register; those of others wait in quarantine. Many at once: tocsin import sensors.</source>
        <translation>只接收登记簿中传感器的读数，其余读数进入隔离区。批量登记：tocsin import sensors。</translation>
    </message>
    <message>
        <source>Find by id, name, place, kind, unit or feed</source>
        <translation>按标识、名称、地点、类别、单位或数据源查找</translation>
    </message>
    <message>
        <source>Find a sensor</source>
        <translation>查找传感器</translation>
    </message>
    <message>
        <source>New sensor</source>
        <translation>新建传感器</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The changed sensor is not saved.</source>
        <translation>更改的传感器尚未保存。</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>No sensor is registered. Press New sensor, import a table with tocsin import sensors, or let a feed register what it describes (F8).</source>
        <translation>尚未登记传感器。请点“新建传感器”，用 tocsin import sensors 导入表格，或让数据源登记其描述的传感器（F8）。</translation>
    </message>
    <message>
        <source>No sensor fits these words.</source>
        <translation>没有符合的传感器。</translation>
    </message>
    <message>
        <source>%1 sensors</source>
        <translation>%1 个传感器</translation>
    </message>
    <message>
        <source>%1 of %2 sensors</source>
        <translation>%2 个传感器中的 %1 个</translation>
    </message>
    <message>
        <source>The changed sensor is not saved: save or discard it to see another.</source>
        <translation>更改的传感器尚未保存：请先保存或放弃，再查看其他传感器。</translation>
    </message>
    <message>
        <source>A new sensor: at least its id and coordinates.</source>
        <translation>新传感器：至少填写标识和坐标。</translation>
    </message>
    <message>
        <source>Something cannot be taken: see the fields.</source>
        <translation>有内容无法接受：请看各栏。</translation>
    </message>
    <message>
        <source>Registered, and in the duty log. Readings of it that wait in quarantine are taken by Take it again (F8).</source>
        <translation>已登记，并记入值班日志。隔离区中它的读数可用“重新接收”接收（F8）。</translation>
    </message>
    <message>
        <source>Saved, and in the duty log.</source>
        <translation>已保存，并记入值班日志。</translation>
    </message>
    <message>
        <source>In use</source>
        <comment>sensors</comment>
        <translation>在用</translation>
    </message>
    <message>
        <source>Retired</source>
        <comment>sensors</comment>
        <translation>已注销</translation>
    </message>
    <message>
        <source>All</source>
        <comment>sensors</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>Which sensors are shown</source>
        <translation>显示哪些传感器</translation>
    </message>
    <message>
        <source>Retire…</source>
        <translation>注销…</translation>
    </message>
    <message>
        <source>No alarm comes of those that are chosen any more, and they leave map and lists; their readings stay (Del)</source>
        <translation>所选传感器不再产生告警，并从地图和列表中移除；读数保留（Del）</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复使用</translation>
    </message>
    <message>
        <source>The retired ones that are chosen, else those that were retired just now (Ctrl+Z)</source>
        <translation>所选的已注销传感器；未选时为刚刚注销的（Ctrl+Z）</translation>
    </message>
    <message>
        <source>None of these fits, but another does: choose All.</source>
        <translation>此处没有符合的，但另有符合的：请选“全部”。</translation>
    </message>
    <message>
        <source>No sensor is retired.</source>
        <translation>没有已注销的传感器。</translation>
    </message>
    <message>
        <source>Retire %1</source>
        <translation>注销%1</translation>
    </message>
    <message>
        <source>Retire %1 sensors</source>
        <translation>注销 %1 个传感器</translation>
    </message>
    <message>
        <source>No alarm comes of it any more, the alarms that rest on it alone are closed, and it leaves map and lists. Its readings stay; what it still sends is stored. Bring back undoes it.</source>
        <translation>不再由其产生告警，仅由其引起的告警随即关闭，并从地图和列表中移除。读数保留，之后发来的仍会存储。可用“恢复使用”撤销。</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>注销</translation>
    </message>
    <message>
        <source>Retired, and in the duty log. Bring back (Ctrl+Z) undoes it.</source>
        <translation>已注销，并记入值班日志。“恢复使用”（Ctrl+Z）可撤销。</translation>
    </message>
    <message>
        <source>In use again, and in the duty log.</source>
        <translation>已恢复使用，并记入值班日志。</translation>
    </message>
    <message>
        <source>No alarm comes of them any more, the alarms that rest on them alone are closed, and they leave map and lists. Their readings stay; what they still send is stored. Bring back undoes it.</source>
        <translation>不再由这些传感器产生告警，仅由其引起的告警随即关闭，并从地图和列表中移除。读数保留，之后发来的仍会存储。可用“恢复使用”撤销。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::WatchPage</name>
    <message>
        <source>Villages, people and stations that ought to speak beside the feeds themselves. Whoever is silent for longer is an alarm.</source>
        <translation>除数据源本身外应当发声的村、人和站点。静默超过时限即告警。</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Silence is an alarm after</source>
        <translation>静默超过此时长即告警</translation>
    </message>
    <message>
        <source>Grave as</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Who ought to speak</source>
        <translation>应当发声者</translation>
    </message>
    <message>
        <source>Short name</source>
        <translation>简称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name in Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>Speaks by these feeds</source>
        <translation>经由这些数据源发声</translation>
    </message>
    <message>
        <source>by these sensors</source>
        <translation>经由这些传感器</translation>
    </message>
    <message>
        <source>by these units</source>
        <translation>经由这些单元</translation>
    </message>
    <message>
        <source>It is then as grave as</source>
        <translation>此时告警级别</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>as the alarm says it</source>
        <translation>告警中的称呼</translation>
    </message>
    <message>
        <source>names, with commas; any of them is a sign of life</source>
        <translation>名称，用逗号分隔；任一有消息即视为在线</translation>
    </message>
    <message>
        <source>latitude, longitude; empty: none</source>
        <translation>纬度, 经度；留空则无</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>添加对象</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save “%1”</source>
        <translation>保存“%1”</translation>
    </message>
    <message>
        <source>It needs a short name of its own, such as village:Planken.</source>
        <translation>需要一个唯一的简称，例如 village:Planken。</translation>
    </message>
    <message>
        <source>Name a feed, a sensor or a unit by which it speaks.</source>
        <translation>请填写其发声所经由的数据源、传感器或单元。</translation>
    </message>
    <message>
        <source>Say after what silence there is an alarm: 30min, 6h, 2d.</source>
        <translation>请填写静默多久后告警：30min、6h、2d。</translation>
    </message>
    <message>
        <source>A position is a latitude and a longitude in degrees: 47.185, 9.544.</source>
        <translation>位置为以度表示的纬度和经度：47.185, 9.544。</translation>
    </message>
    <message>
        <source>Another one has this short name already.</source>
        <translation>此简称已被使用。</translation>
    </message>
    <message>
        <source>The changes are not saved: save them first, or close the window to drop them.</source>
        <translation>修改尚未保存：请先保存，或关闭窗口以放弃。</translation>
    </message>
</context>
</TS>
