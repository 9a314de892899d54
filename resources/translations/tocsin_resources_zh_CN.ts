<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tocsin::gui::CapabilitiesWindow</name>
    <message>
        <source>Capabilities and codes</source>
        <translation>能力与编码</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Codes of GB/T 38565</source>
        <translation>GB/T 38565编码</translation>
    </message>
    <message>
        <source>What teams, plans and needs ask for, by its code; what each level asks for; the type of team in FEMA&apos;s library that it is like; its code of GB/T 38565. Records are found by all of them.</source>
        <translation>队伍、预案与需求所用的能力及其编码；各级别的要求；相当于FEMA资源类型库中的哪类队伍；对应的GB/T 38565编码。检索记录时均可使用。</translation>
    </message>
    <message>
        <source>Codes of GB/T 38565-2020, seven digits, and what each stands for here: a capability, a kind of resource, or the county&apos;s own code of a supply. With none of these it is the supply&apos;s code itself.</source>
        <translation>GB/T 38565-2020编码（七位数字）及其在本县的对应：一项能力、一类资源，或本县自编的物资编码。均不填时即为物资编码本身。</translation>
    </message>
    <message>
        <source>Show rows with these letters</source>
        <translation>只显示包含这些文字的行</translation>
    </message>
    <message>
        <source>Filter the rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>添加一行</translation>
    </message>
    <message>
        <source>Remove the rows</source>
        <translation>删除所选行</translation>
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
        <source>Next error</source>
        <translation>下一处错误</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The changed tables are not saved.</source>
        <translation>修改后的表格尚未保存。</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>config.toml cannot be read: %1</source>
        <translation>无法读取config.toml：%1</translation>
    </message>
    <message>
        <source>Nothing is saved while something is wrong.</source>
        <translation>存在错误时不会保存。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Saved and in force</source>
        <translation>已保存并生效</translation>
    </message>
    <message>
        <source>Somebody else has changed these tables in config.toml meanwhile: nothing is saved. Export yours to keep them, then read again.</source>
        <translation>其间有人修改了config.toml中的这些表格：未保存。请先导出您的表格，再重新读取。</translation>
    </message>
    <message>
        <source>%1 cannot be removed: %2.</source>
        <translation>%1 不能删除：%2。</translation>
    </message>
    <message>
        <source>Import rows</source>
        <translation>导入行</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt *.xlsx);;All files (*)</source>
        <translation>表格 (*.csv *.txt *.xlsx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The file&apos;s rows stand in the table; nothing is saved yet. Rows that it does not have have stayed.</source>
        <translation>文件中的行已填入表格，尚未保存。文件中没有的行保持不变。</translation>
    </message>
    <message>
        <source>The file is not taken: %1</source>
        <translation>未采用该文件：%1</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>No row has these letters. Esc in the filter empties it.</source>
        <translation>没有包含这些文字的行。在筛选框中按Esc可清空。</translation>
    </message>
    <message>
        <source>The table is empty: add a row, or import one.</source>
        <translation>表格为空：请添加一行，或导入。</translation>
    </message>
    <message>
        <source>1 error is marked in its cell. Ctrl+J goes there.</source>
        <translation>1处错误已在单元格中标出。按Ctrl+J可跳转到该处。</translation>
    </message>
    <message>
        <source>%1 errors are marked in their cells. Ctrl+J goes to the next one.</source>
        <translation>%1处错误已在各自的单元格中标出。按Ctrl+J跳转到下一处。</translation>
    </message>
</context>
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
    <message>
        <source>A CSV file (UTF-8, UTF-16 or GB18030) or an XLSX file whose first row names the columns. Each row is one shift: the resource&apos;s inventory number, call sign, name or id, its beginning and end, the person, phone and role. A shift is found again by resource, beginning and person; those that the file does not name stay.</source>
        <translation>CSV 文件（UTF-8、UTF-16 或 GB18030）或 XLSX 文件，首行为列名。每行一个班次：资源的编号、呼号、名称或标识，开始和结束时间，人员、电话和职务。班次按资源、开始时间和人员对应；文件中未列出的班次保留不变。</translation>
    </message>
    <message>
        <source>A CSV file (UTF-8, UTF-16 or GB18030) or an XLSX file whose first row names the columns. Each row is one step: the list&apos;s name, its place, the person and phone (or a resource whose people are called), the role and the seconds to answer. A list is found again by its name; steps that the file does not name stay.</source>
        <translation>CSV 文件（UTF-8、UTF-16 或 GB18030）或 XLSX 文件，首行为列名。每行一个步骤：名单名称、次序、人员和电话（或由其值班人员接听的资源）、职务以及应答秒数。名单按名称对应；文件中未列出的步骤保留不变。</translation>
    </message>
    <message>
        <source>Import duty rosters</source>
        <translation>导入值班表</translation>
    </message>
    <message>
        <source>Import call-down lists</source>
        <translation>导入呼叫名单</translation>
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
    <message>
        <source>Select a record on the left to read and edit it, or press New to write one. With several selected, their status and fields are changed together below the list.</source>
        <translation>在左侧选中一条记录以查看和编辑，或按“新建”新写一条。选中多条时，可用列表下方的按钮一并更改其状态和字段。</translation>
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
    <message>
        <source>%1: not in the county&apos;s table of capabilities</source>
        <translation>%1：不在本县能力表中</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>capability with its level, what the level asks for</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>GB/T 38565 %1</source>
        <translation>GB/T 38565 %1</translation>
    </message>
    <message>
        <source>like %1</source>
        <comment>a type of team of FEMA&apos;s library</comment>
        <translation>相当于 %1</translation>
    </message>
    <message>
        <source>status overdue</source>
        <translation>状态逾期</translation>
    </message>
    <message>
        <source>%1 until %2, overdue</source>
        <comment>status, when</comment>
        <translation>%1，至 %2，已逾期</translation>
    </message>
    <message>
        <source>%1 until %2</source>
        <comment>status, when</comment>
        <translation>%1，至 %2</translation>
    </message>
    <message>
        <source>Call-down list</source>
        <translation>呼叫名单</translation>
    </message>
    <message>
        <source>Place in the list</source>
        <translation>名单中的次序</translation>
    </message>
    <message>
        <source>Seconds to answer</source>
        <translation>应答秒数</translation>
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
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Duty rosters</source>
        <translation>值班表</translation>
    </message>
    <message>
        <source>Capabilities and codes…</source>
        <translation>能力与编码…</translation>
    </message>
    <message>
        <source>Status overdue</source>
        <translation>状态逾期</translation>
    </message>
    <message>
        <source>%1 · statuses overdue: %2</source>
        <comment>records, how many</comment>
        <translation>%1 · 状态逾期：%2</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RosterDialogs</name>
    <message>
        <source>Shift of %1</source>
        <translation>%1 的班次</translation>
    </message>
    <message>
        <source>New shift of %1</source>
        <translation>%1 的新班次</translation>
    </message>
    <message>
        <source>Change the shift</source>
        <translation>更改班次</translation>
    </message>
    <message>
        <source>Enter the shift</source>
        <translation>录入班次</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>值班人</translation>
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
        <source>From</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Days in a row</source>
        <translation>连续天数</translation>
    </message>
    <message>
        <source>2026-12-31 08:00, or only 08:00</source>
        <translation>2026-12-31 08:00，或只填 08:00</translation>
    </message>
    <message>
        <source>From and until are moments such as 2026-12-31 08:00.</source>
        <translation>开始和结束应为时刻，如 2026-12-31 08:00。</translation>
    </message>
    <message>
        <source>%1 Press again to enter it all the same.</source>
        <translation>%1再按一次仍然录入。</translation>
    </message>
    <message>
        <source>Remove a shift of %1?</source>
        <translation>删除 %1 的班次？</translation>
    </message>
    <message>
        <source>Remove the shift</source>
        <translation>删除班次</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RosterPaper</name>
    <message>
        <source>Duty roster of %1, %2</source>
        <translation>%1值班表，%2</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>first day, last day</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>值班人</translation>
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
        <source>When</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>无人</translation>
    </message>
    <message>
        <source>Nobody on duty who can</source>
        <translation>以下能力无人值班</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RosterView</name>
    <message>
        <source>chosen: %1</source>
        <translation>已选：%1</translation>
    </message>
    <message>
        <source>nobody %1</source>
        <translation>%1 无人</translation>
    </message>
    <message>
        <source>Resource, person</source>
        <translation>资源、人员</translation>
    </message>
    <message>
        <source>On duty now, and who comes next</source>
        <translation>当前值班与接班</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>无人</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RosterWindow</name>
    <message>
        <source>Duty rosters</source>
        <translation>值班表</translation>
    </message>
    <message>
        <source>↑ ↓ line · ← → day or week · Home today · Ctrl+← Ctrl+→ shift of the line · Insert new shift · Enter changes it · Del removes it · Ctrl+F find</source>
        <translation>↑ ↓ 行 · ← → 日或周 · Home 今天 · Ctrl+← Ctrl+→ 本行班次 · Insert 新班次 · Enter 更改 · Del 删除 · Ctrl+F 查找</translation>
    </message>
    <message>
        <source>Back by a day or a week</source>
        <translation>前一天或前一周</translation>
    </message>
    <message>
        <source>On by a day or a week</source>
        <translation>后一天或后一周</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Day or week</source>
        <translation>日或周</translation>
    </message>
    <message>
        <source>Find: resource, call sign, place, person</source>
        <translation>查找：资源、呼号、地点、人员</translation>
    </message>
    <message>
        <source>Find in the rosters</source>
        <translation>在值班表中查找</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Any capability</source>
        <translation>任何能力</translation>
    </message>
    <message>
        <source>Capability</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>With shifts</source>
        <translation>有班次</translation>
    </message>
    <message>
        <source>Nobody on duty now</source>
        <translation>当前无人值班</translation>
    </message>
    <message>
        <source>Without shifts</source>
        <translation>无班次</translation>
    </message>
    <message>
        <source>Which rosters</source>
        <translation>哪些值班表</translation>
    </message>
    <message>
        <source>Shifts over time</source>
        <translation>班次时间轴</translation>
    </message>
    <message>
        <source>New shift…</source>
        <translation>新班次…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>No roster fits. Change the words or the filters; Esc in the search empties it.</source>
        <translation>没有符合的值班表。请更改查找词或筛选；在查找框按 Esc 清空。</translation>
    </message>
    <message>
        <source>On duty now: %1 with %2 resources. Nobody on duty now with %3 that have a roster.</source>
        <translation>当前值班：%1，分属 %2 项资源。另有 %3 项有值班表但当前无人值班。</translation>
    </message>
    <message>
        <source>and %1 more capabilities, in the tip of this text and on paper</source>
        <translation>另有 %1 项能力，见此文字的提示和打印件</translation>
    </message>
    <message>
        <source>This window only reads: nothing can be entered.</source>
        <translation>本窗口只读：不能录入。</translation>
    </message>
    <message>
        <source>This line has no shift in the time that is shown: Insert enters one.</source>
        <translation>本行在所示时段内没有班次：按 Insert 录入。</translation>
    </message>
    <message>
        <source>There is no shift to remove on this line.</source>
        <translation>本行没有可删除的班次。</translation>
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
        <source>No shifts are entered yet. Choose “Without shifts” above, go to a resource and press Insert; or import a table of shifts (Import…).</source>
        <translation>尚未录入班次。请在上方选择“无班次”，定位到资源后按 Insert；或导入班次表（导入…）。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::RosterWords</name>
    <message>
        <source>No shifts are entered</source>
        <translation>未录入班次</translation>
    </message>
    <message>
        <source>%1 until %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 人</translation>
    </message>
    <message>
        <source>Nobody on duty</source>
        <translation>无人值班</translation>
    </message>
    <message>
        <source>next: %1 from %2</source>
        <translation>接班：%1，%2 起</translation>
    </message>
    <message>
        <source>nobody next</source>
        <translation>其后无人接班</translation>
    </message>
    <message>
        <source>on duty until %1</source>
        <translation>值班至 %1</translation>
    </message>
    <message>
        <source>off duty, next from %1</source>
        <translation>不在班，下次 %1 起</translation>
    </message>
    <message>
        <source>off duty</source>
        <translation>不在班</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>who, when</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>from, until</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 L%2</source>
        <comment>capability, level</comment>
        <translation>%1 %2级</translation>
    </message>
    <message>
        <source>%1, needed at %2</source>
        <comment>capability, incidents</comment>
        <translation>%1（%2 需要）</translation>
    </message>
    <message>
        <source>%1: nobody in the database has it</source>
        <translation>%1：资源库中无人具备</translation>
    </message>
    <message>
        <source>and %1 more times</source>
        <translation>另有 %1 个时段</translation>
    </message>
    <message>
        <source>%1: nobody on duty %2</source>
        <translation>%1：%2 无人值班</translation>
    </message>
    <message>
        <source>Say who is on duty.</source>
        <translation>请填写值班人。</translation>
    </message>
    <message>
        <source>The shift ends before it begins.</source>
        <translation>班次结束早于开始。</translation>
    </message>
    <message>
        <source>A shift is at least %1 long.</source>
        <translation>班次至少 %1。</translation>
    </message>
    <message>
        <source>A shift of more than %1 days: is the day right?</source>
        <translation>班次超过 %1 天：日期是否有误？</translation>
    </message>
    <message>
        <source>It overlaps another shift: %1.</source>
        <translation>与另一班次重叠：%1。</translation>
    </message>
    <message>
        <source>At that time %1 is on duty with %2 (%3).</source>
        <translation>该时段 %1 已在 %2 值班（%3）。</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::TableFiles</name>
    <message>
        <source>Excel (*.xlsx);;CSV (*.csv)</source>
        <translation>Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>Export the call-down lists</source>
        <translation>导出呼叫名单</translation>
    </message>
    <message>
        <source>Export the duty rosters</source>
        <translation>导出值班表</translation>
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
    <name>tocsin::gui::TypingModel</name>
    <message>
        <source>What is wrong</source>
        <translation>错误说明</translation>
    </message>
</context>
<context>
    <name>tocsin::gui::TypingWords</name>
    <message>
        <source>Code</source>
        <translation>编码</translation>
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
        <source>Like the NIMS type</source>
        <translation>相当于的NIMS类型</translation>
    </message>
    <message>
        <source>GB/T 38565</source>
        <translation>GB/T 38565</translation>
    </message>
    <message>
        <source>Level 1</source>
        <translation>1级</translation>
    </message>
    <message>
        <source>Level 1 in Chinese</source>
        <translation>1级（中文）</translation>
    </message>
    <message>
        <source>Level 2</source>
        <translation>2级</translation>
    </message>
    <message>
        <source>Level 2 in Chinese</source>
        <translation>2级（中文）</translation>
    </message>
    <message>
        <source>Level 3</source>
        <translation>3级</translation>
    </message>
    <message>
        <source>Level 3 in Chinese</source>
        <translation>3级（中文）</translation>
    </message>
    <message>
        <source>Stands for the capability</source>
        <translation>对应能力</translation>
    </message>
    <message>
        <source>for the kind</source>
        <translation>对应类别</translation>
    </message>
    <message>
        <source>for the supply</source>
        <translation>对应物资</translation>
    </message>
    <message>
        <source>must not be empty</source>
        <translation>不能为空</translation>
    </message>
    <message>
        <source>is too long</source>
        <translation>太长</translation>
    </message>
    <message>
        <source>“%1” is no code of GB/T 38565: seven digits, the first 1, 2 or 3</source>
        <translation>“%1”不是GB/T 38565编码：应为七位数字，首位为1、2或3</translation>
    </message>
    <message>
        <source>“%1” has a blank or a sign that a capability&apos;s code must not have</source>
        <translation>“%1”含有能力编码不允许的空格或符号</translation>
    </message>
    <message>
        <source>%1 stands there twice</source>
        <translation>%1 重复出现</translation>
    </message>
    <message>
        <source>is missing: a higher level is there</source>
        <translation>缺失：已填写更高一级</translation>
    </message>
    <message>
        <source>says the same as a lower level</source>
        <translation>与较低级别内容相同</translation>
    </message>
    <message>
        <source>%1 is not in the table of capabilities</source>
        <translation>%1 不在能力表中</translation>
    </message>
    <message>
        <source>%1 is not in the table of codes</source>
        <translation>%1 不在编码表中</translation>
    </message>
    <message>
        <source>“%1” is no kind of resource</source>
        <translation>“%1”不是资源类别</translation>
    </message>
    <message>
        <source>this code stands for the capability %1</source>
        <translation>此编码对应的能力是 %1</translation>
    </message>
    <message>
        <source>a code stands for one thing only: a capability, a kind or a supply</source>
        <translation>一个编码只能对应一项：能力、类别或物资</translation>
    </message>
    <message>
        <source>1 record</source>
        <translation>1条记录</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1条记录</translation>
    </message>
    <message>
        <source>1 plan</source>
        <translation>1个预案</translation>
    </message>
    <message>
        <source>%1 plans</source>
        <translation>%1个预案</translation>
    </message>
    <message>
        <source>1 open incident</source>
        <translation>1起未结束的事件</translation>
    </message>
    <message>
        <source>%1 open incidents</source>
        <translation>%1起未结束的事件</translation>
    </message>
    <message>
        <source>1 request for aid</source>
        <translation>1份支援请求</translation>
    </message>
    <message>
        <source>%1 requests for aid</source>
        <translation>%1份支援请求</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>how many of what, their names</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>still used by %1</source>
        <translation>仍被使用：%1</translation>
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
