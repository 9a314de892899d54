#include "tocsin/gui/report_triage.hpp"

#include "gui/shell/report_watch.hpp"

#include <algorithm>
#include <mutex>

namespace tocsin::gui {

namespace {

/// Where the worker puts what it finds; outlives both it and the window's side, which closes it.
class Shelf {
  public:
    explicit Shelf(QObject* target) : m_target(target) {}

    /// Runs `wake` on the GUI's thread, once for all that is put before it has run. Any thread.
    void put(std::shared_ptr<const ReportFinds> finds, const std::function<void()>& wake) {
        const std::lock_guard lock(m_mutex);
        const bool asleep = !m_finds;
        m_finds = std::move(finds);
        if (asleep && m_target != nullptr)
            QMetaObject::invokeMethod(m_target, wake, Qt::QueuedConnection);
    }
    [[nodiscard]] bool isEmpty() {
        const std::lock_guard lock(m_mutex);
        return !m_finds;
    }
    [[nodiscard]] std::shared_ptr<const ReportFinds> take() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_finds, nullptr);
    }
    void close() {
        const std::lock_guard lock(m_mutex);
        m_target = nullptr;
    }

  private:
    std::mutex m_mutex;
    QObject* m_target;
    std::shared_ptr<const ReportFinds> m_finds;
};

class LiveTriage final : public ReportTriage {
  public:
    LiveTriage(desk::Desk& desk, ReportWords words)
        : m_faults(std::move(words.faults)), m_shelf(std::make_shared<Shelf>(this)),
          m_watch(std::make_shared<ReportWatch>(desk.clock(), std::move(words.synonyms), std::move(words.hazards),
                                                [this, shelf = m_shelf](std::shared_ptr<const ReportFinds> finds) {
                                                    shelf->put(std::move(finds), [this] { show(); });
                                                })) {
        m_subscription =
            desk.subscribe([watch = m_watch](desk::Snapshot snapshot) { watch->begin(std::move(snapshot)); },
                           [watch = m_watch](std::shared_ptr<const desk::Delta> delta) { watch->put(std::move(delta)); });
    }
    ~LiveTriage() override {
        m_shelf->close();
        m_subscription.reset();
    }
    LiveTriage(const LiveTriage&) = delete;
    LiveTriage& operator=(const LiveTriage&) = delete;

    const std::vector<triage::ReportGroup>& groups() const override { return m_finds->groups; }
    const triage::ReportGroup* groupOf(model::ReportId report) const override {
        const auto found = m_finds->groupOf.find(report);
        return found == m_finds->groupOf.end() ? nullptr : &m_finds->groups[found->second];
    }
    const std::vector<triage::HotSpot>& hotSpots() const override { return m_finds->hotSpots; }
    const std::vector<triage::TrendingTerm>& trending() const override { return m_finds->trending; }
    const std::vector<triage::Reason>& credibilityOf(model::ReportId report) const override {
        const auto found = m_finds->reasons.find(report);
        if (found != m_finds->reasons.end())
            return found->second;
        m_watch->ask(report);
        return ReportTriage::credibilityOf(report);
    }

    triage::Hazards dangerOf(model::ReportId report) const override {
        const auto found = m_finds->danger.find(report);
        return found == m_finds->danger.end() ? 0 : found->second;
    }

    const std::vector<WordsFault>& wordsFaults() const override { return m_faults; }
    bool isSettled() const override { return m_watch->isSettled() && m_shelf->isEmpty(); }

  protected:
    const triage::IncidentProposal* foundFor(const std::string& group) const override {
        const auto found = m_finds->proposals.find(group);
        return found == m_finds->proposals.end() ? nullptr : &found->second;
    }

  private:
    void show() {
        if (auto finds = m_shelf->take()) {
            m_finds = std::move(finds);
            emit changed();
        }
    }

    std::vector<WordsFault> m_faults;
    std::shared_ptr<Shelf> m_shelf;
    std::shared_ptr<const ReportFinds> m_finds{std::make_shared<ReportFinds>()};
    std::shared_ptr<ReportWatch> m_watch; ///< shared with the desk's callbacks
    base::Subscription m_subscription;
};

} // namespace

const std::vector<triage::ReportGroup>& ReportTriage::groups() const {
    static const std::vector<triage::ReportGroup> none;
    return none;
}

const triage::ReportGroup* ReportTriage::groupOf(model::ReportId /*report*/) const {
    return nullptr;
}

const std::vector<triage::HotSpot>& ReportTriage::hotSpots() const {
    static const std::vector<triage::HotSpot> none;
    return none;
}

const std::vector<triage::TrendingTerm>& ReportTriage::trending() const {
    static const std::vector<triage::TrendingTerm> none;
    return none;
}

const std::vector<triage::Reason>& ReportTriage::credibilityOf(model::ReportId /*report*/) const {
    static const std::vector<triage::Reason> none;
    return none;
}

triage::Hazards ReportTriage::dangerOf(model::ReportId /*report*/) const {
    return 0;
}

const triage::IncidentProposal* ReportTriage::foundFor(const std::string& /*group*/) const {
    return nullptr;
}

const triage::IncidentProposal* ReportTriage::proposalOf(model::ReportId report) const {
    const auto* group = groupOf(report);
    return group == nullptr ? nullptr : foundFor(group->key);
}

const triage::TrendingTerm* ReportTriage::chosenTerm() const {
    if (!m_chosen)
        return nullptr;
    const auto& all = trending();
    const auto now = std::find_if(all.begin(), all.end(), [this](const auto& one) { return one.term == m_chosen->term; });
    return now == all.end() ? &*m_chosen : &*now; // it rises no more, or is written in another way: as it was chosen
}

void ReportTriage::chooseTerm(std::optional<triage::TrendingTerm> term) {
    m_chosen = std::move(term);
    emit changed();
}

const std::vector<WordsFault>& ReportTriage::wordsFaults() const {
    static const std::vector<WordsFault> none;
    return none;
}

std::unique_ptr<ReportTriage> makeReportTriage(desk::Desk& desk, ReportWords words) {
    return std::make_unique<LiveTriage>(desk, std::move(words));
}

} // namespace tocsin::gui
