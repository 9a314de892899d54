#include "county/vector_fields.hpp"

#include "county/gdal_tools.hpp"
#include "tocsin/base/ascii.hpp"

#include <set>

namespace tocsin::county {
namespace {

int find(const OGRFeatureDefn& layer, const std::string& name) {
    for (int i = 0; i < layer.GetFieldCount(); ++i)
        if (base::lowerAscii(layer.GetFieldDefn(i)->GetNameRef()) == base::lowerAscii(name))
            return i;
    return -1;
}

int named(const OGRFeatureDefn& layer, const std::string& name) {
    if (const int field = find(layer, name); field >= 0)
        return field;
    std::string there;
    for (int i = 0; i < layer.GetFieldCount(); ++i)
        there += (i == 0 ? "" : ", ") + std::string(layer.GetFieldDefn(i)->GetNameRef());
    refuse(base::Code::notFound, "the layer has no field " + name + "; it has " + (there.empty() ? "none" : there));
}

int guess(const OGRFeatureDefn& layer, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const int field = find(layer, name); field >= 0)
            return field;
    return -1;
}

/// What the attribute becomes in the layer.
OGRFieldType typeOf(OGRFieldType type) {
    return type == OFTInteger || type == OFTInteger64 || type == OFTReal ? type : OFTString;
}

/// No name of ours, none twice, nothing that could not be read aloud.
std::string columnName(std::string name, std::set<std::string>& taken) {
    std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == 0x7f; });
    if (!base::isUtf8(name) || name.empty())
        name = "field";
    if (name.size() > 60) {
        name.resize(60);
        while (!base::isUtf8(name))
            name.pop_back();
    }
    std::string out = name;
    for (int n = 2; !taken.insert(base::lowerAscii(out)).second; ++n)
        out = name + '_' + std::to_string(n);
    return out;
}

} // namespace

FieldPlan planFields(const OGRFeatureDefn& layer, const VectorImportOptions& options) {
    FieldPlan plan;
    // Field names as GB/T 2260 data, the national land survey, OpenStreetMap, GADM and others have them.
    if (!options.nameField.empty())
        plan.name = named(layer, options.nameField);
    else if (options.boundary == BoundaryLevel::county)
        plan.name = guess(layer, {"name", "dt_name", "ct_name", "XZQMC", "XJQYMC", "名称", "县名", "county", "NAME_3",
                                  "NAME_2", "name_en", "title"});
    else
        plan.name = guess(layer, {"name", "tw_name", "vl_name", "XZQMC", "ZLDWMC", "名称", "乡镇", "村名", "NAME_4",
                                  "NAME_3", "township", "village", "name_en", "title"});
    if (options.boundary) {
        if (!options.codeField.empty())
            plan.code = named(layer, options.codeField);
        else
            plan.code = guess(layer, {"code", "adcode", "dt_adcode", "tw_adcode", "ct_adcode", "XZQDM", "ZLDWDM",
                                      "代码", "gid", "osm_id", "id"});
        return plan;
    }
    std::set<std::string> taken{"fid", "geom", "name"};
    for (int i = 0; i < layer.GetFieldCount() && plan.columns.size() < 200; ++i) {
        const auto& field = *layer.GetFieldDefn(i);
        if (i == plan.name || field.GetType() == OFTBinary)
            continue;
        plan.columns.push_back({i, columnName(field.GetNameRef(), taken), typeOf(field.GetType())});
    }
    return plan;
}

} // namespace tocsin::county
