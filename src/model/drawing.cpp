#include "tocsin/model/drawing.hpp"

#include "model/members.hpp"
#include "tocsin/model/json.hpp"

namespace tocsin::model {

using nlohmann::json;

namespace {
constexpr Words<DrawingKind, 3> drawingKinds{{"area", "closure", "pin"}};
}

std::string_view toString(DrawingKind kind) {
    return drawingKinds.of(kind);
}
std::optional<DrawingKind> drawingKindFrom(std::string_view text) {
    return drawingKinds.from(text);
}

bool holds(const Drawing& drawing, base::Time now) {
    return drawing.drawnAt <= now && !(drawing.removedAt && *drawing.removedAt <= now) &&
           !(drawing.until && *drawing.until <= now);
}

bool isRing(const Line& line) {
    return line.size() >= 4 && line.front() == line.back();
}

void to_json(json& out, const Drawing& v) {
    out = json::object();
    out["id"] = v.id;
    out["kind"] = toString(v.kind);
    out["name"] = v.name;
    out["note"] = v.note;
    out["line"] = v.line;
    put(out, "depthMetres", v.depthMetres);
    put(out, "limitTonnes", v.limitTonnes);
    out["source"] = v.source;
    out["by"] = v.by;
    out["drawnAt"] = v.drawnAt;
    out["until"] = v.until;
    out["removedAt"] = v.removedAt;
}
void from_json(const json& in, Drawing& v) {
    in.at("id").get_to(v.id);
    v.kind = wordFrom(in.at("kind"), &drawingKindFrom);
    in.at("name").get_to(v.name);
    in.at("note").get_to(v.note);
    in.at("line").get_to(v.line);
    get(in, "depthMetres", v.depthMetres);
    get(in, "limitTonnes", v.limitTonnes);
    v.source = in.value("source", std::string());
    in.at("by").get_to(v.by);
    in.at("drawnAt").get_to(v.drawnAt);
    in.at("until").get_to(v.until);
    in.at("removedAt").get_to(v.removedAt);
}

} // namespace tocsin::model
