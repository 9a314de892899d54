<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tocsin::gui::ImportWizard</name>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Import resources</source>
        <translation>导入资源</translation>
    </message>
    <message>
        <source>A CSV file (UTF-8, UTF-16 or GB18030) or an XLSX file whose first row names the columns. Beside NAME.csv, NAME.stock.csv, NAME.crew.csv, NAME.duty.csv and NAME.offers.csv are read too, and in XLSX sheets so called.</source>
        <translation>CSV 文件（UTF-8、UTF-16 或 GB18030）或 XLSX 文件，首行为列名。与“名称.csv”同目录的“名称.stock.csv”“名称.crew.csv”“名称.duty.csv”“名称.offers.csv”也会读取；XLSX 中读取同名工作表。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>find out</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Kind of rows that say none</source>
        <translation>未注明类别的行归为</translation>
    </message>
    <message>
        <source>Coordinates are in</source>
        <translation>坐标系</translation>
    </message>
    <message>
        <source>each row says it</source>
        <translation>每行注明</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>Row 1</source>
        <translation>第 1 行</translation>
    </message>
    <message>
        <source>Row 2</source>
        <translation>第 2 行</translation>
    </message>
    <message>
        <source>Row 3</source>
        <translation>第 3 行</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Which file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>What the columns mean</source>
        <translation>各列的含义</translation>
    </message>
    <message>
        <source>What would become of it</source>
        <translation>试导入结果</translation>
    </message>
    <message>
        <source>Read the file</source>
        <translation>读取文件</translation>
    </message>
    <message>
        <source>Try it out</source>
        <translation>试导入</translation>
    </message>
    <message>
        <source>Take the good rows</source>
        <translation>导入正确的行</translation>
    </message>
    <message>
        <source>Cancelled: nothing was changed</source>
        <translation>已取消：未作任何修改</translation>
    </message>
    <message>
        <source>Tables (*.csv *.xlsx *.txt *.tsv);;All files (*)</source>
        <translation>表格 (*.csv *.xlsx *.txt *.tsv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>%1 (%2 rows, %3)</source>
        <translation>%1（%2 行，%3）</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Trying</source>
        <translation>正在试导入</translation>
    </message>
    <message>
        <source>%1 rows: %2 new, %3 changed, %4 the same, %5 that cannot be taken. Nothing is changed yet.</source>
        <translation>共 %1 行：新增 %2，修改 %3，相同 %4，无法导入 %5。尚未作任何修改。</translation>
    </message>
    <message>
        <source>The bad rows are written to bad-rows.csv with the reasons.</source>
        <translation>错误的行及原因将写入 bad-rows.csv。</translation>
    </message>
    <message>
        <source>Taking</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>%1 records were taken.</source>
        <translation>已导入 %1 条记录。</translation>
    </message>
    <message>
        <source>Cancelled: the rest was not taken.</source>
        <translation>已取消：其余未导入。</translation>
    </message>
    <message>
        <source>The bad rows are in %1.</source>
        <translation>错误的行在 %1。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::Inventory</name>
    <message>
        <source>Inventory of %1</source>
        <translation>%1资源清册</translation>
    </message>
    <message>
        <source>%1 records, as of %2</source>
        <translation>共 %1 条，截至 %2</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>内容</translation>
    </message>
    <message>
        <source> (short: at least %1)</source>
        <translation>（不足：至少 %1）</translation>
    </message>
    <message>
        <source> (until %1)</source>
        <translation>（有效期至 %1）</translation>
    </message>
    <message>
        <source>%1 beds: %2</source>
        <translation>%1床位：%2</translation>
    </message>
    <message>
        <source>%1 places</source>
        <translation>%1 个床位/席位</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ResourceDialogs</name>
    <message>
        <source>%1 resources</source>
        <translation>%1 项资源</translation>
    </message>
    <message>
        <source>a day such as 2026-12-31, or empty</source>
        <translation>日期，如 2026-12-31；可留空</translation>
    </message>
    <message>
        <source>Status of %1</source>
        <translation>%1的状态</translation>
    </message>
    <message>
        <source>Set the status</source>
        <translation>设定状态</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>For how many hours</source>
        <translation>持续几小时</translation>
    </message>
    <message>
        <source>empty: until somebody changes it</source>
        <translation>留空：直到有人修改</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Hours are a number up to 8760</source>
        <translation>小时数应为不超过 8760 的数字</translation>
    </message>
    <message>
        <source>Stock of %1</source>
        <translation>%1的库存</translation>
    </message>
    <message>
        <source>Write the document</source>
        <translation>登记单据</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Stock in</source>
        <translation>入库</translation>
    </message>
    <message>
        <source>Stock out</source>
        <translation>出库</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>调拨</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Write off</source>
        <translation>报废</translation>
    </message>
    <message>
        <source>Supply</source>
        <translation>物资</translation>
    </message>
    <message>
        <source>%1 %2 · %3 %4</source>
        <comment>code, name, quantity, unit</comment>
        <translation>%1 %2 · %3 %4</translation>
    </message>
    <message>
        <source>Something new</source>
        <translation>新物资</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>To</source>
        <translation>调往</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>单据号</translation>
    </message>
    <message>
        <source>empty: the desk gives a number</source>
        <translation>留空：系统自动编号</translation>
    </message>
    <message>
        <source>The quantity is a number</source>
        <translation>数量应为数字</translation>
    </message>
    <message>
        <source>The expiry is a day such as 2026-12-31</source>
        <translation>有效期应为日期，如 2026-12-31</translation>
    </message>
    <message>
        <source>Count %1</source>
        <translation>清点%1</translation>
    </message>
    <message>
        <source>Write the count</source>
        <translation>登记清点</translation>
    </message>
    <message>
        <source>Taken places</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>Free of %1 beds: %2</source>
        <comment>number, kind</comment>
        <translation>%2：%1 张床位中空闲</translation>
    </message>
    <message>
        <source>Whole numbers are expected</source>
        <translation>应为整数</translation>
    </message>
    <message>
        <source>Check of %1</source>
        <translation>%1的检查</translation>
    </message>
    <message>
        <source>Write the check</source>
        <translation>登记检查</translation>
    </message>
    <message>
        <source>Readiness check</source>
        <translation>战备检查</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>维护</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>Not ready: out of service from now on</source>
        <translation>不合格：即刻停用</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下次</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检查情况</translation>
    </message>
    <message>
        <source>The next check is a day such as 2026-12-31</source>
        <translation>下次检查应为日期，如 2026-12-31</translation>
    </message>
    <message>
        <source>Change one field of %1</source>
        <translation>修改%1的一个字段</translation>
    </message>
    <message>
        <source>Change all</source>
        <translation>全部修改</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>新值</translation>
    </message>
    <message>
        <source>empty: nothing</source>
        <translation>留空：清空</translation>
    </message>
    <message>
        <source>Capabilities are such as pumping:2 medical:1</source>
        <translation>能力应写作 pumping:2 medical:1</translation>
    </message>
    <message>
        <source>A day such as 2026-12-31 is expected</source>
        <translation>应为日期，如 2026-12-31</translation>
    </message>
    <message>
        <source>Retire %1</source>
        <translation>注销%1</translation>
    </message>
    <message>
        <source>It is no longer there: it is kept for what refers to it, and offered no more.</source>
        <translation>该资源已不存在：仅为引用保留记录，不再参与调度。</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>注销</translation>
    </message>
    <message>
        <source>Print its voucher</source>
        <translation>打印凭证</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ResourceForm</name>
    <message>
        <source>%1: %2 is expected</source>
        <translation>%1：应为%2</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>coordinates such as 47.1412, 9.5215</source>
        <translation>坐标，如 47.1412, 9.5215</translation>
    </message>
    <message>
        <source>capabilities with a level 1 to 3, such as pumping:2 medical:1</source>
        <translation>能力及等级 1 至 3，如 pumping:2 medical:1</translation>
    </message>
    <message>
        <source>a day such as 2026-12-31</source>
        <translation>日期，如 2026-12-31</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>添加一行</translation>
    </message>
    <message>
        <source>Remove the row</source>
        <translation>删除该行</translation>
    </message>
    <message>
        <source>Goes straight, at 200 km/h</source>
        <translation>直线飞行，时速 200 公里</translation>
    </message>
    <message>
        <source>In store</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>a code, numbers and a day such as 2026-12-31 in each row</source>
        <translation>每行应有代码、数字及日期（如 2026-12-31）</translation>
    </message>
    <message>
        <source>Beds by kind</source>
        <translation>分类床位</translation>
    </message>
    <message>
        <source>whole numbers</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Crew</source>
        <translation>队员</translation>
    </message>
    <message>
        <source>skills such as pumping:2 medical:1</source>
        <translation>技能，如 pumping:2 medical:1</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>值班</translation>
    </message>
    <message>
        <source>moments such as 2026-12-31T08:00Z</source>
        <translation>时刻，如 2026-12-31T08:00Z</translation>
    </message>
    <message>
        <source>Can lend or make</source>
        <translation>可提供或生产</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>数字</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ResourceHistory</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Print the voucher…</source>
        <translation>打印凭证…</translation>
    </message>
    <message>
        <source>Of the movement of stock that is chosen above</source>
        <translation>上面所选的出入库记录的凭证</translation>
    </message>
    <message>
        <source>Nothing is written about this record yet.</source>
        <translation>此记录尚无历史。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ResourceTable</name>
    <message>
        <source>%1 until %2</source>
        <translation>%1，至 %2</translation>
    </message>
    <message>
        <source>%1 of %2 taken</source>
        <translation>已占用 %1/%2</translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation>空闲 %1/%2</translation>
    </message>
    <message>
        <source>%1, %2 short</source>
        <translation>%1 项，%2 项不足</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Call sign</source>
        <translation>呼号</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Can do</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>Beds</source>
        <translation>床位</translation>
    </message>
    <message>
        <source>Weight, t</source>
        <translation>总重（吨）</translation>
    </message>
    <message>
        <source>Height, m</source>
        <translation>高（米）</translation>
    </message>
    <message>
        <source>Fording, m</source>
        <translation>涉水（米）</translation>
    </message>
    <message>
        <source>Load, kg</source>
        <translation>载重（公斤）</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>座位</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>物资项数</translation>
    </message>
    <message>
        <source>First expiry</source>
        <translation>最早到期</translation>
    </message>
    <message>
        <source>Offers</source>
        <translation>可提供</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>需关注</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ResourceWords</name>
    <message>
        <source>short</source>
        <translation>不足</translation>
    </message>
    <message>
        <source>expiring</source>
        <translation>临期</translation>
    </message>
    <message>
        <source>check due</source>
        <translation>待检查</translation>
    </message>
    <message>
        <source>old position</source>
        <translation>位置过时</translation>
    </message>
    <message>
        <source>old count</source>
        <translation>清点过时</translation>
    </message>
    <message>
        <source>%1 L%2</source>
        <comment>capability, level</comment>
        <translation>%1 %2级</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
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
        <source>Call sign</source>
        <translation>呼号</translation>
    </message>
    <message>
        <source>Inventory number</source>
        <translation>资产编号</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所属单位</translation>
    </message>
    <message>
        <source>Owner in Chinese</source>
        <translation>所属单位（中文）</translation>
    </message>
    <message>
        <source>Division</source>
        <translation>行政区划</translation>
    </message>
    <message>
        <source>Person in charge</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>容纳数</translation>
    </message>
    <message>
        <source>Taken places</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>Beds by kind</source>
        <translation>分类床位</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务设施</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>纬度</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>经度</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Datum</source>
        <translation>坐标系</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Place in Chinese</source>
        <translation>地点（中文）</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Speed factor</source>
        <translation>速度系数</translation>
    </message>
    <message>
        <source>Flies</source>
        <translation>飞行</translation>
    </message>
    <message>
        <source>Driving profile</source>
        <translation>行车类别</translation>
    </message>
    <message>
        <source>Weight, t</source>
        <translation>总重（吨）</translation>
    </message>
    <message>
        <source>Height, m</source>
        <translation>高（米）</translation>
    </message>
    <message>
        <source>Width, m</source>
        <translation>宽（米）</translation>
    </message>
    <message>
        <source>Fording depth, m</source>
        <translation>涉水深度（米）</translation>
    </message>
    <message>
        <source>Load, kg</source>
        <translation>载重（公斤）</translation>
    </message>
    <message>
        <source>Load, m³</source>
        <translation>载货容积（立方米）</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>座位</translation>
    </message>
    <message>
        <source>Longest hours in 24</source>
        <translation>24 小时内最长出勤（小时）</translation>
    </message>
    <message>
        <source>Next check</source>
        <translation>下次检查</translation>
    </message>
    <message>
        <source>Next maintenance</source>
        <translation>下次维护</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Record&apos;s id</source>
        <translation>记录标识</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>所属资源</translation>
    </message>
    <message>
        <source>Supply&apos;s code</source>
        <translation>物资代码</translation>
    </message>
    <message>
        <source>Supply</source>
        <translation>物资</translation>
    </message>
    <message>
        <source>Supply in Chinese</source>
        <translation>物资（中文）</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>最低储备</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>kg each</source>
        <translation>单重（公斤）</translation>
    </message>
    <message>
        <source>m³ each</source>
        <translation>单件体积（立方米）</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>技能</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>止</translation>
    </message>
    <message>
        <source>Each day</source>
        <translation>每日产能</translation>
    </message>
    <message>
        <source>Lead time, h</source>
        <translation>响应（小时）</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::ResourcesWindow</name>
    <message>
        <source>Resource database</source>
        <translation>资源库</translation>
    </message>
    <message>
        <source>Teams, vehicles, stock, shelters, hospitals, experts, enterprises, volunteers and partners. Who goes where is decided at the incidents.</source>
        <translation>队伍、车辆、物资、避难场所、医院、专家、企业、志愿者与互助单位。派谁去哪里，在事件中决定。</translation>
    </message>
    <message>
        <source>Find by any word: name, call sign, number, place, person, phone, supply</source>
        <translation>任意词查找：名称、呼号、编号、地点、人员、电话、物资</translation>
    </message>
    <message>
        <source>Find a resource</source>
        <translation>查找资源</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>任意状态</translation>
    </message>
    <message>
        <source>All records</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>需关注</translation>
    </message>
    <message>
        <source>Short stock</source>
        <translation>库存不足</translation>
    </message>
    <message>
        <source>Expiring within 30 days</source>
        <translation>30 天内到期</translation>
    </message>
    <message>
        <source>Check or maintenance due</source>
        <translation>检查或维护到期</translation>
    </message>
    <message>
        <source>Old position or count</source>
        <translation>位置或清点过时</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What needs attention</source>
        <translation>需关注的事项</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Status…</source>
        <translation>状态…</translation>
    </message>
    <message>
        <source>Stock…</source>
        <translation>出入库…</translation>
    </message>
    <message>
        <source>Count…</source>
        <translation>清点…</translation>
    </message>
    <message>
        <source>Check…</source>
        <translation>检查…</translation>
    </message>
    <message>
        <source>Change all…</source>
        <translation>批量修改…</translation>
    </message>
    <message>
        <source>Retire…</source>
        <translation>注销…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Print the inventory…</source>
        <translation>打印清册…</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The changed record is not saved.</source>
        <translation>已修改的记录尚未保存。</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>The database is empty. Import a table (CSV or XLSX), or press New to write the first record.</source>
        <translation>资源库为空。请导入表格（CSV 或 XLSX），或点击“新建”填写第一条记录。</translation>
    </message>
    <message>
        <source>No record fits. Change the words or the filters; Esc in the search empties it.</source>
        <translation>没有符合的记录。请修改查找词或筛选条件；在查找框按 Esc 可清空。</translation>
    </message>
    <message>
        <source>%1 of %2 records</source>
        <translation>%2 条记录中的 %1 条</translation>
    </message>
    <message>
        <source>The changed record is not saved: save or discard it to see another.</source>
        <translation>已修改的记录尚未保存：请先保存或放弃，再查看其他记录。</translation>
    </message>
    <message>
        <source>A new record: at least a name and coordinates.</source>
        <translation>新记录：至少填写名称和坐标。</translation>
    </message>
    <message>
        <source>A name is expected</source>
        <translation>应填写名称</translation>
    </message>
    <message>
        <source>Coordinates are expected</source>
        <translation>应填写坐标</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Export the records that are listed</source>
        <translation>导出所列记录</translation>
    </message>
    <message>
        <source>Excel (*.xlsx);;CSV (*.csv)</source>
        <translation>Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::Voucher</name>
    <message>
        <source>Stock voucher %1</source>
        <translation>出入库凭证 %1</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>EXERCISE</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>What</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Supply</source>
        <translation>物资</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>There before</source>
        <translation>原有数量</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>To</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>经办人</translation>
    </message>
    <message>
        <source>Handed over by</source>
        <translation>交付人</translation>
    </message>
    <message>
        <source>Received by</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>Keeper of the store</source>
        <translation>保管人</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Stock in</source>
        <translation>入库</translation>
    </message>
    <message>
        <source>Stock out</source>
        <translation>出库</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>调拨</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Write off</source>
        <translation>报损</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
</TS>
