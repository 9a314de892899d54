#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/cluster.hpp"
#include "tocsin/model/report.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::triage {

/// Words that say the same, as a county edits them (synonyms.toml): each set is one word.
class Synonyms {
  public:
    Synonyms() = default;
    /// `[[same]] words = ["flood", "flooding", "积水", "内涝", "Hochwasser"]`, categories = ["flood"] where the words
    /// are a category's own. A fault names its line and column.
    [[nodiscard]] static base::Result<Synonyms> parse(std::string_view toml);
    /// What a text is made of for comparing: in Latin scripts its words, stemmed by nothing but case and accents; in
    /// Chinese pairs of characters; each word of a set by the set's own mark. Stop words are left out.
    [[nodiscard]] std::vector<std::string> terms(std::string_view text) const;
    /// The set's first word, or the category itself.
    [[nodiscard]] std::string category(std::string_view category) const;

  private:
    std::map<std::string, std::string, std::less<>> m_words;
    std::map<std::string, std::string, std::less<>> m_categories;
    std::size_t m_longest{0}; ///< characters of the longest word that is not Latin
};

/// Why two reports, or a report and a cluster, may speak of one event. Parts are 0…1; absent: not known of one of them.
struct WhySame {
    std::optional<base::Metres> distance;
    base::Duration apart{0};
    bool sameCategory{false};
    bool samePlace{false};           ///< in the senders' words
    bool sameSender{false};
    bool nearlySameWords{false};     ///< enough of them: one message told again
    bool vaguePoint{false};          ///< one of the points says little: shared by many that tell of other things
    bool numbersDiffer{false};       ///< one street or block, but other numbers: speaks against
    std::vector<std::string> shared; ///< terms of both, rarest first, at most 8
    double score{0};                 ///< 0…1; from ClusterPolicy::likely on they are proposed as one
};

struct ClusterPolicy {
    double likely{0.55};
    double metres{1'200};                        ///< further apart they are never proposed as one
    base::Duration apart{std::chrono::hours(6)}; ///< nor later, unless one tells again what the other said:
    base::Duration again{std::chrono::hours(72)}; ///< in words that hardly anybody else says, also
    double metresAgain{100'000};                  ///< from elsewhere, as far as a county reaches
    std::size_t mostCompared{200};               ///< a report is compared with no more than so many, the likeliest
};

/// Reports that may speak of one event.
struct ReportGroup {
    std::string key;                           ///< stays while its oldest report is in it; of a cluster, its id
    std::vector<model::ReportId> reports;      ///< oldest first
    std::optional<model::ClusterId> cluster;   ///< a person has said so; else it is a proposal
    std::vector<model::ReportId> proposed;     ///< of `reports`: those that nobody has said belong here yet
    std::map<model::ReportId, WhySame> why;    ///< for each but the first: beside the one that it is most like
    std::optional<model::Position> centre;
    base::Time first;
    base::Time last;
    std::string category;           ///< that most of them have
    std::vector<std::string> terms; ///< that most of them share, rarest first, at most 6
};

/// Finds reports of one event as they come: by place, time, category and text in Chinese and Latin scripts. What a person
/// has joined stays joined, what he has put asunder stays apart. A report costs the same however many there are: it is
/// compared with those near it in place and time, and with those of three days that share its rarest terms.
/// Single-link would chain a whole city into one: a report joins a group only if it is like its core (its medoids).
/// One thread at a time.
class ReportClusters {
  public:
    explicit ReportClusters(Synonyms synonyms = {}, ClusterPolicy policy = {});
    ~ReportClusters();
    ReportClusters(ReportClusters&&) noexcept;
    ReportClusters& operator=(ReportClusters&&) noexcept;

    /// A new report, or one that changed. One that was dismissed leaves its group.
    void put(const model::Report& report);
    void put(const model::ReportCluster& cluster);
    /// Groups of two and more that changed since the last call, by key; an empty one is gone.
    [[nodiscard]] std::vector<ReportGroup> takeChanged();
    [[nodiscard]] std::vector<ReportGroup> groups() const;
    [[nodiscard]] std::optional<ReportGroup> groupOf(model::ReportId report) const;
    [[nodiscard]] WhySame compare(const model::Report& a, const model::Report& b) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::triage
