<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
        <source>Signatures</source>
        <translation>签名</translation>
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
        <source>ask for a trusted one</source>
        <translation>要求可信签名</translation>
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
</context>
<context>
    <name>tocsin::gui::FeedHealthPage</name>
    <message>
        <source>Choose a feed above, or set up a new one.</source>
        <translation>请在上方选择数据源，或新建一个。</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
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
        <source>Dismissed; it stays on the disk and in the duty log</source>
        <translation>已忽略；原文仍保存在磁盘上，并记入值班日志</translation>
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
        <source>Field phones, UDP (we listen)</source>
        <translation>现场手机，UDP（本机监听）</translation>
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
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>内置</translation>
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
        <source>A sample: paste it, fetch it or listen for it</source>
        <translation>样本：粘贴、获取或监听</translation>
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
</context>
</TS>
