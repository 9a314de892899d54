#include "tocsin/ingest/open311.hpp"

#include <algorithm>

namespace tocsin::ingest {

std::vector<Open311Service> usualServices() {
    const auto said = [](const char* english, const char* chinese) {
        base::LocalText text(english);
        text.translations["zh_CN"] = chinese;
        return text;
    };
    std::vector<Open311Service> out{
        {"flood", said("Flood, high water", "洪水、水位上涨"), said("Water where it should not be", "积水或洪水"), "emergency", "flood, water", {}},
        {"fire", said("Fire, smoke", "火灾、烟雾"), said("Something burns or smokes", "起火或冒烟"), "emergency", "fire, smoke", {}},
        {"landslide", said("Landslide, rockfall", "滑坡、落石"), said("Earth, mud or rocks have moved", "土石滑落"), "emergency", "landslide, mud, rocks", {}},
        {"injury", said("People hurt or trapped", "人员受伤或被困"), said("Somebody needs help", "有人需要救助"), "emergency", "injured, trapped", {}},
        {"road", said("Road blocked, accident", "道路中断、交通事故"), said("A road or bridge cannot be used", "道路或桥梁无法通行"), "emergency", "road, bridge, accident", {}},
        {"other", said("Something else", "其他情况"), said("Any other danger", "其他危险"), "emergency", "danger", {}}};
    out[0].attributes.push_back({"DEPTH", said("How deep is the water?", "水有多深？"), "singlevaluelist", false,
                                 {{"ankle", said("up to the ankle", "到脚踝")},
                                  {"knee", said("up to the knee", "到膝盖")},
                                  {"waist", said("up to the waist", "到腰部")},
                                  {"over", said("deeper", "更深")}}});
    out[3].attributes.push_back({"PEOPLE", said("How many people?", "多少人？"), "number", false, {}});
    return out;
}

bool isClosed(const model::Report& report) {
    return report.status == "closed";
}

bool isPublic(const std::vector<std::string>& feeds, const model::Report& report) {
    return !report.call && report.state != model::ReportState::dismissed &&
           std::find(feeds.begin(), feeds.end(), report.feed) != feeds.end();
}

bool matches(const ReportQuery& query, const model::Report& report) {
    if (!isPublic(query.feeds, report))
        return false;
    if (!query.ids.empty())
        return std::find(query.ids.begin(), query.ids.end(), report.id.toString()) != query.ids.end();
    if (!query.categories.empty() &&
        std::find(query.categories.begin(), query.categories.end(), report.category) == query.categories.end())
        return false;
    return (!query.from || report.receivedAt >= *query.from) && (!query.to || report.receivedAt <= *query.to) &&
           (!query.closed || *query.closed == isClosed(report));
}

} // namespace tocsin::ingest
