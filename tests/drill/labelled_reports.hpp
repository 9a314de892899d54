#pragma once

#include "drill/cluster_quality.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/ingest/decoded.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

namespace tocsin::drill {

/// Real reports of a corpus that stays where it is, with the labels of a hand: which of them tell of one event.
struct LabelledReports {
    std::vector<model::Report> reports;       ///< in the order of time
    std::map<model::ReportId, std::size_t> of; ///< the event of each; absent: it tells of several, and is not counted
    std::size_t unknown{0};                   ///< labels that no report of the corpus has
};

/// Absent where the corpus is not there. `first`: what ids and events are numbered from, so that several sets can be
/// put together.
inline std::optional<LabelledReports> labelledReports(const std::filesystem::path& labels,
                                                      const std::filesystem::path& corpora, std::size_t first = 0) {
    const auto read = [](const std::filesystem::path& file) {
        std::ostringstream text;
        text << std::ifstream(file, std::ios::binary).rdbuf();
        return text.str();
    };
    const auto in = nlohmann::json::parse(read(labels));
    const std::string bytes = read(corpora / in.at("corpus").get<std::string>());
    const auto decoded = ingest::decode(bytes);
    if (bytes.empty() || !decoded)
        return std::nullopt;
    const auto from = base::parseTime(in.at("from").get<std::string>()).value();
    const auto until = base::parseTime(in.at("until").get<std::string>()).value();
    LabelledReports out;
    std::map<std::string, model::ReportId> byNumber;
    for (const auto& message : decoded->messages) {
        const auto* report = std::get_if<model::Report>(&message);
        if (report != nullptr && report->happenedAt >= from && report->happenedAt < until)
            out.reports.push_back(*report);
    }
    std::stable_sort(out.reports.begin(), out.reports.end(),
                     [](const auto& a, const auto& b) { return a.happenedAt < b.happenedAt; });
    for (std::size_t i = 0; i < out.reports.size(); ++i) {
        auto& report = out.reports[i];
        char id[64];
        std::snprintf(id, sizeof id, "00000000-0000-7000-8000-%012zx", first + i + 1);
        report.id = model::ReportId(*base::Uuid::parse(id));
        report.receivedAt = report.happenedAt;
        out.of[report.id] = first + i; // each of its own, unless it is named
        byNumber[report.sourceId] = report.id;
    }
    std::size_t event = first + out.reports.size();
    for (const auto& same : in.at("same")) {
        ++event;
        for (const auto& number : same) {
            const auto found = byNumber.find(number.get<std::string>());
            if (found == byNumber.end())
                ++out.unknown;
            else
                out.of[found->second] = event;
        }
    }
    for (const auto& number : in.value("notCounted", nlohmann::json::array())) {
        if (const auto found = byNumber.find(number.get<std::string>()); found != byNumber.end())
            out.of.erase(found->second);
        else
            ++out.unknown;
    }
    return out;
}

/// A drill's wave with what it knows of itself; rumours are not counted.
inline LabelledReports generatedReports(const std::vector<WaveReport>& wave, base::Time start, std::size_t first = 0) {
    LabelledReports out;
    for (const auto& made : wave) {
        out.reports.push_back(asReport(made.inject, start, made.language));
        if (!made.rumour)
            out.of[out.reports.back().id] = first + made.event;
    }
    return out;
}

/// As if all had come to one desk, in the order of time.
inline void pool(LabelledReports& into, const LabelledReports& more) {
    into.reports.insert(into.reports.end(), more.reports.begin(), more.reports.end());
    std::stable_sort(into.reports.begin(), into.reports.end(),
                     [](const auto& a, const auto& b) { return a.happenedAt < b.happenedAt; });
    into.of.insert(more.of.begin(), more.of.end());
    into.unknown += more.unknown;
}

} // namespace tocsin::drill
