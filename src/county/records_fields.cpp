#include "county/text_fold.hpp"
#include "tocsin/county/folder.hpp"
#include "county/csv.hpp"
#include "county/map_reader.hpp"
#include "tocsin/county/records.hpp"

#include <algorithm>
#include <set>
#include <sstream>

// What the columns are called.

namespace tocsin::county {
namespace {

using F = RecordField;

struct FieldWord {
    RecordField field;
    const char* name;                      ///< the header of an export
    std::vector<const char*> as; ///< what others call it; compared folded
};

const std::vector<FieldWord>& fieldWords() {
    static const std::vector<FieldWord> words{
        {F::none, "", {}},
        {F::id, "id", {"uuid", "编号id", "记录号"}},
        {F::kind, "kind", {"type", "category", "类别", "类型", "资源类型", "资源类别", "种类"}},
        {F::name, "name", {"title", "resource", "名称", "资源名称", "队伍名称", "仓库名称", "单位名称", "物资库名称"}},
        {F::nameZh, "name_zh_CN", {"zh_cn", "chinese name", "name zh", "中文名", "中文名称"}},
        {F::callSign, "call_sign", {"callsign", "radio", "呼号", "车牌", "车牌号", "代号"}},
        {F::key, "inventory_number", {"key", "inventory", "inventory no", "asset number", "number", "no", "编号", "资产编号", "资源编号", "序号"}},
        {F::code, "code", {"subtype", "class", "分类代码", "代码", "分类编码", "型号"}},
        {F::owner, "owner", {"organisation", "organization", "agency", "所属单位", "主管单位", "权属单位", "隶属单位"}},
        {F::ownerZh, "owner_zh_CN", {"owner zh", "所属单位中文"}},
        {F::division, "division", {"region code", "行政区划", "行政区划代码", "区划代码"}},
        {F::person, "person_in_charge", {"person", "contact", "contact person", "leader", "负责人", "联系人", "姓名"}},
        {F::phone, "phone", {"telephone", "tel", "mobile", "电话", "联系电话", "手机", "手机号"}},
        {F::capabilities, "capabilities", {"capability", "skills and levels", "能力", "专业能力", "能力等级"}},
        {F::people, "people", {"crew size", "staff", "headcount", "人数", "队员人数", "人员数量"}},
        {F::capacity, "capacity", {"places", "容量", "可容纳人数", "容纳人数", "床位", "床位数"}},
        {F::occupied, "occupied", {"occupancy", "已占用", "已安置", "已安置人数", "占用"}},
        {F::beds, "beds", {"beds by kind", "分类床位", "床位明细"}},
        {F::services, "services", {"facilities", "服务", "服务设施", "配套设施"}},
        {F::latitude, "latitude", {"lat", "y", "纬度"}},
        {F::longitude, "longitude", {"lon", "lng", "long", "x", "经度"}},
        {F::coordinates, "coordinates", {"position", "location", "坐标", "经纬度", "位置坐标"}},
        {F::datum, "datum", {"crs", "坐标系", "基准"}},
        {F::place, "place", {"address", "at", "site", "地址", "地点", "位置", "详细地址", "所在地"}},
        {F::placeZh, "place_zh_CN", {"place zh", "地址中文"}},
        {F::status, "status", {"state", "状态"}},
        {F::speed, "speed_factor", {"speed", "速度系数"}},
        {F::flies, "flies", {"by air", "能否飞行", "飞行"}},
        {F::speedClass, "speed_class", {"driving profile", "车速类别", "车辆类别"}},
        {F::weight, "weight_t", {"weight", "weight tonnes", "总重", "重量", "总质量", "总重吨"}},
        {F::height, "height_m", {"height", "车高", "高度", "高度米"}},
        {F::width, "width_m", {"width", "车宽", "宽度", "宽度米"}},
        {F::fording, "fording_m", {"fording", "fording depth", "wading depth", "涉水深度", "涉水深度米"}},
        {F::payload, "payload_kg", {"payload", "load", "load kg", "载重", "载重公斤", "载荷"}},
        {F::volume, "payload_m3", {"volume", "room m3", "容积", "载货容积", "容积立方米"}},
        {F::seats, "seats", {"seat", "座位", "座位数", "核载人数"}},
        {F::crewHours, "crew_hours", {"hours", "连续工作时长", "最长出勤小时"}},
        {F::checkDue, "check_due", {"next check", "下次检查", "检查到期"}},
        {F::maintenanceDue, "maintenance_due", {"next maintenance", "下次维护", "维护到期", "下次保养"}},
        {F::remarks, "remarks", {"remark", "note", "notes", "comment", "备注", "说明"}},
        {F::record, "record", {"of", "belongs to", "warehouse", "resource id", "所属资源", "所属仓库", "仓库", "资源"}},
        {F::supply, "supply", {"supply code", "code", "item code", "物资代码", "物资编码", "编码", "代码"}},
        {F::supplyName, "supply_name", {"supply name", "name", "item", "物资名称", "名称", "品名"}},
        {F::supplyNameZh, "supply_name_zh_CN", {"name zh cn", "zh_cn", "中文名称"}},
        {F::quantity, "quantity", {"amount", "qty", "stock", "数量", "库存", "库存数量", "现有数量"}},
        {F::unit, "unit", {"units", "单位", "计量单位"}},
        {F::minimum, "minimum", {"min", "minimum stock", "最低库存", "最低储备", "安全库存"}},
        {F::batch, "batch", {"lot", "批次", "批号"}},
        {F::expiry, "expiry", {"expires", "expiry date", "use by", "有效期", "有效期至", "失效日期", "到期日期"}},
        {F::kilograms, "kg_each", {"kg", "weight kg", "单重", "单重公斤", "单件重量"}},
        {F::cubicMetres, "m3_each", {"m3", "单件体积", "体积"}},
        {F::member, "person", {"name", "member", "crew member", "姓名", "人员", "值班人员"}},
        {F::role, "role", {"post", "position", "职务", "岗位"}},
        {F::skills, "skills", {"capabilities", "技能", "能力"}},
        {F::shift, "shift", {"group", "班次", "班组"}},
        {F::from, "from", {"begin", "start", "开始", "开始时间", "起"}},
        {F::until, "until", {"end", "to", "结束", "结束时间", "止"}},
        {F::perDay, "per_day", {"daily", "each day", "日产量", "每日产能"}},
        {F::list, "list", {"call list", "call-down list", "list name", "名单", "名单名称", "叫应名单", "通知名单", "通知列表"}},
        {F::step, "step", {"place", "order", "顺序", "次序", "序号"}},
        {F::wait, "wait_s", {"wait", "wait seconds", "等待秒", "等待秒数", "应答时限"}},
        {F::leadHours, "lead_hours", {"lead", "lead time", "响应小时", "交付小时", "响应时间"}},
    };
    return words;
}

/// As headers are compared: what stands in brackets tells a unit at most.
std::string headerWord(std::string_view text) {
    std::string plain(text.substr(0, std::min(text.find('('), text.find("（"))));
    std::replace(plain.begin(), plain.end(), '_', ' ');
    return fold(plain);
}

} // namespace

std::string_view toString(RecordField field) {
    for (const auto& word : fieldWords()) {
        if (word.field == field)
            return word.name;
    }
    return "";
}

std::optional<RecordField> recordFieldFrom(std::string_view text) {
    for (const auto& word : fieldWords()) {
        if (word.name == text)
            return word.field;
    }
    return std::nullopt;
}

std::string_view toString(RecordTable table) {
    switch (table) {
    case RecordTable::resources:
        return "resources";
    case RecordTable::stock:
        return "stock";
    case RecordTable::crew:
        return "crew";
    case RecordTable::duty:
        return "duty";
    case RecordTable::offers:
        return "offers";
    case RecordTable::calls:
        return "calls";
    }
    return "";
}

std::optional<RecordTable> recordTableFrom(std::string_view text) {
    for (int table = 0; table < recordTables; ++table) {
        if (toString(static_cast<RecordTable>(table)) == text)
            return static_cast<RecordTable>(table);
    }
    return std::nullopt;
}

const std::vector<RecordField>& fieldsOf(RecordTable table) {
    static const std::vector<std::vector<RecordField>> fields{
        {F::kind, F::name, F::nameZh, F::callSign, F::key, F::code, F::owner, F::ownerZh, F::division, F::person, F::phone,
         F::capabilities, F::people, F::capacity, F::occupied, F::beds, F::services, F::latitude, F::longitude, F::coordinates, F::datum,
         F::place, F::placeZh, F::status, F::speed, F::flies, F::speedClass, F::weight, F::height, F::width, F::fording, F::payload,
         F::volume, F::seats, F::crewHours, F::checkDue, F::maintenanceDue, F::remarks, F::id},
        {F::record, F::supply, F::supplyName, F::supplyNameZh, F::quantity, F::unit, F::minimum, F::batch, F::expiry, F::kilograms,
         F::cubicMetres},
        {F::record, F::member, F::role, F::skills, F::phone, F::shift},
        {F::record, F::from, F::until, F::member, F::phone, F::role},
        {F::record, F::supply, F::supplyName, F::supplyNameZh, F::quantity, F::unit, F::perDay, F::leadHours},
        {F::list, F::step, F::record, F::member, F::phone, F::role, F::wait}};
    return fields[static_cast<std::size_t>(table)];
}

RecordMapping guessMapping(const SheetFile& file) {
    RecordMapping out;
    for (const auto& sheet : file.sheets) {
        auto& columns = out.emplace_back(sheet.header.size(), F::none);
        const auto& fields = fieldsOf(sheet.table);
        std::set<RecordField> taken;
        // The export's own words go before what others might mean by theirs.
        for (const bool own : {true, false}) {
            for (std::size_t i = 0; i < sheet.header.size(); ++i) {
                if (columns[i] != F::none)
                    continue;
                const auto wanted = headerWord(sheet.header[i]);
                for (const auto field : fields) {
                    const auto& words = fieldWords();
                    const auto word = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.field == field; });
                    const bool fits = own ? headerWord(word->name) == wanted
                                          : std::any_of(word->as.begin(), word->as.end(), [&](const char* as) { return headerWord(as) == wanted; });
                    if (fits && taken.insert(field).second) {
                        columns[i] = field;
                        break;
                    }
                }
            }
        }
    }
    return out;
}

base::Result<RecordMapping> readMapping(std::string_view text, const SheetFile& file) {
    auto out = guessMapping(file);
    std::istringstream lines{std::string(text)};
    std::uint64_t number = 0;
    const auto trimmed = [](std::string s) {
        const auto first = s.find_first_not_of(" \t\r");
        return first == std::string::npos ? std::string() : s.substr(first, s.find_last_not_of(" \t\r") - first + 1);
    };
    for (std::string line; std::getline(lines, line);) {
        ++number;
        line = trimmed(line);
        if (line.empty() || line.starts_with('#'))
            continue;
        const auto equals = line.rfind('=');
        if (equals == std::string::npos)
            return base::fail(base::Code::malformed, "a mapping has lines such as \"Inventory no. = inventory_number\"", {.line = number});
        auto column = trimmed(line.substr(0, equals));
        const auto wanted = trimmed(line.substr(equals + 1));
        auto table = file.sheets.empty() ? RecordTable::resources : file.sheets.front().table;
        for (int t = 1; t < recordTables; ++t) {
            const auto prefix = std::string(toString(static_cast<RecordTable>(t))) + ":";
            if (column.starts_with(prefix)) {
                table = static_cast<RecordTable>(t);
                column = trimmed(column.substr(prefix.size()));
            }
        }
        const auto field = recordFieldFrom(wanted == "-" ? "" : wanted);
        const auto& fields = fieldsOf(table);
        if (!field || (*field != F::none && std::find(fields.begin(), fields.end(), *field) == fields.end()))
            return base::fail(base::Code::malformed, "\"" + wanted.substr(0, 60) + "\" is no field of the table " + std::string(toString(table)),
                              {.line = number});
        bool found = false;
        for (std::size_t s = 0; s < file.sheets.size(); ++s) {
            if (file.sheets[s].table != table)
                continue;
            for (std::size_t i = 0; i < file.sheets[s].header.size(); ++i) {
                if (file.sheets[s].header[i] == column) {
                    std::replace(out[s].begin(), out[s].end(), *field, F::none);
                    out[s][i] = *field;
                    found = true;
                }
            }
        }
        if (!found)
            return base::fail(base::Code::notFound, "the table has no column \"" + column.substr(0, 60) + "\"", {.line = number});
    }
    return out;
}

base::Result<std::map<std::string, SupplyWord>> readSupplies(const std::filesystem::path& file) {
    auto table = CsvTable::load(file, {"code", "name", "unit"});
    if (!table)
        return tl::unexpected(table.error());
    std::map<std::string, SupplyWord> out;
    for (const auto& row : table->rows()) {
        SupplyWord word;
        word.name = bilingual(row["name"], row["zh_CN"]);
        word.unit = row["unit"];
        for (const auto& [column, value] : {std::pair{"kg", &word.kilograms}, std::pair{"m3", &word.cubicMetres}}) {
            if (row[column].empty())
                continue;
            const auto number = row.number(column, 0, 1e6);
            if (!number)
                return tl::unexpected(number.error());
            *value = *number;
        }
        out[row["code"]] = std::move(word);
    }
    return out;
}

} // namespace tocsin::county
