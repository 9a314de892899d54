#include "gui/tools/reach_board.hpp"

#include "tocsin/geo/coordinates.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <algorithm>
#include <set>

namespace tocsin::gui {
namespace {

/// Bands that can be chosen, in minutes.
const std::vector<std::vector<int>> bands{{5, 10, 15}, {10, 20, 30}, {20, 40, 60}};

bool travels(const model::Resource& resource) {
    return resource.status == model::ResourceStatus::available && resource.speedFactor > 0 && !resource.flies &&
           (resource.kind == model::ResourceKind::team || resource.kind == model::ResourceKind::vehicle ||
            resource.kind == model::ResourceKind::mobileFacility);
}

} // namespace

ReachBoard::ReachBoard(const UiContext& ui, MapView& view, FloatBoard& board, QObject* parent)
    : QObject(parent), m_ui(ui), m_view(view), m_board(board) {
    m_resting.setSingleShot(true);
    connect(&m_resting, &QTimer::timeout, this, [this] {
        if (m_stale)
            ask();
    });
    connect(&ui.desk, &DeskBridge::changed, this, &ReachBoard::changed);
}

ReachBoard::~ReachBoard() {
    delete m_bar;
}

void ReachBoard::showAround(const model::Position& place, const QString& name) {
    m_what = Around{place, name};
    open();
}

void ReachBoard::showCoverage(const std::string& capability) {
    m_what = Coverage{capability};
    open();
}

void ReachBoard::open() {
    delete m_bar;
    m_bar = new FootBar(m_ui.theme, QStringLiteral("reach"), &m_view);
    m_bar->setObjectName(QStringLiteral("reachBar"));
    connect(m_bar, &FloatCard::escaped, this, &ReachBoard::clear);
    const int before = m_bar->line().count() - 1; // the cross
    if (std::holds_alternative<Coverage>(m_what)) {
        m_capability = new QComboBox(m_bar);
        m_capability->setObjectName(QStringLiteral("reachCapability"));
        m_capability->setMaximumWidth(190);
        m_bar->line().insertWidget(before, m_capability);
    }
    m_bands = new QComboBox(m_bar);
    m_bands->setObjectName(QStringLiteral("reachBands"));
    m_bar->line().insertWidget(m_bar->line().count() - 1, m_bands);
    fillChoices();
    if (m_capability)
        connect(m_capability, &QComboBox::activated, this, [this] {
            m_what = Coverage{m_capability->currentData().toString().toStdString()};
            ask();
        });
    connect(m_bands, &QComboBox::activated, this, [this](int at) {
        m_minutes = bands.at(static_cast<std::size_t>(std::clamp(at, 0, static_cast<int>(bands.size()) - 1)));
        ask();
    });
    m_board.addFoot(m_bar);
    ask();
    m_bar->show();
}

void ReachBoard::fillChoices() {
    if (m_bands) {
        m_bands->clear();
        for (const auto& each : bands)
            m_bands->addItem(tr("%1 · %2 · %3 min").arg(each[0]).arg(each[1]).arg(each[2]));
        m_bands->setCurrentIndex(static_cast<int>(std::find(bands.begin(), bands.end(), m_minutes) - bands.begin()));
        m_bands->setAccessibleName(tr("Bands"));
    }
    if (m_capability) {
        m_capability->clear();
        m_capability->addItem(tr("every unit"), QString());
        std::set<std::string> codes;
        for (const auto& [id, resource] : m_ui.desk.state().resources)
            for (const model::Capability& each : resource.capabilities)
                codes.insert(each.code);
        std::vector<std::pair<QString, QString>> named;
        for (const std::string& code : codes)
            named.emplace_back(Words::capability(code), QString::fromStdString(code));
        std::sort(named.begin(), named.end(),
                  [](const auto& a, const auto& b) { return a.first.localeAwareCompare(b.first) < 0; });
        for (const auto& [name, code] : named)
            m_capability->addItem(name, code);
        if (const auto* coverage = std::get_if<Coverage>(&m_what))
            m_capability->setCurrentIndex(
                std::max(0, m_capability->findData(QString::fromStdString(coverage->capability))));
        m_capability->setAccessibleName(tr("Capability"));
    }
    words();
}

std::vector<model::Position> ReachBoard::units() const {
    std::vector<model::Position> places;
    const auto* coverage = std::get_if<Coverage>(&m_what);
    if (coverage == nullptr)
        return places;
    for (const auto& [id, resource] : m_ui.desk.state().resources) {
        const auto has = [&](const model::Capability& each) { return each.code == coverage->capability; };
        if (travels(resource) && (coverage->capability.empty() ||
                                  std::any_of(resource.capabilities.begin(), resource.capabilities.end(), has)))
            places.push_back(resource.position);
    }
    return places;
}

void ReachBoard::ask() {
    m_stale = false;
    const auto* around = std::get_if<Around>(&m_what);
    if (around == nullptr && !std::holds_alternative<Coverage>(m_what))
        return;
    m_asked = around != nullptr ? std::vector{around->place} : units();
    m_waiting = true;
    m_resting.start(m_rest);
    words();
    const auto question = ++m_question;
    m_ui.desk.reachAround(m_asked,
                          around != nullptr ? route::ReachDirection::toPlace : route::ReachDirection::fromPlaces,
                          base::Seconds(60.0 * m_minutes.back()), this, [this, question](DeskBridge::Reached reached) {
                              if (question != m_question || !m_bar)
                                  return; // another question is open, or none
                              m_waiting = false;
                              m_roads = reached ? reached->size() : 0;
                              std::vector<base::Seconds> limits;
                              for (const int each : m_minutes)
                                  limits.emplace_back(60.0 * each);
                              m_view.setReach(std::move(reached), std::move(limits));
                              words();
                          });
}

void ReachBoard::changed(const Changes& changes) {
    if (!m_bar)
        return;
    bool matters = changes.all || !changes.drawings.empty();
    if (!matters && !changes.resources.empty())
        matters = std::holds_alternative<Coverage>(m_what) && units() != m_asked;
    if (!matters)
        return;
    m_stale = true;
    if (!m_resting.isActive())
        ask();
}

void ReachBoard::words() {
    if (!m_bar)
        return;
    QString main;
    QString hint;
    if (const auto* around = std::get_if<Around>(&m_what)) {
        const QString name =
            around->name.isEmpty()
                ? QString::fromStdString(geo::formatCoordinates(around->place, geo::CoordinateForm::decimal))
                : Words::shortened(around->name, 32);
        main = tr("Who can be at %1").arg(name);
        hint = tr("Roads by the time to drive from them to the place, closures kept off");
        if (!m_waiting && m_roads == 0)
            hint = tr("No road leads there.");
    } else {
        main = tr("Where units can be");
        hint = m_asked.size() == 1 ? tr("1 available unit, by the roads that are open")
                                   : tr("%1 available units, by the roads that are open").arg(m_asked.size());
        if (m_asked.empty())
            hint = tr("No such unit is available.");
    }
    if (m_waiting)
        hint = tr("Reckoning ways …");
    m_bar->setWords(main, {}, hint);
    m_bar->cross().say(tr("Show no more"), tr("Esc"));
}

void ReachBoard::clear() {
    ++m_question;
    m_what = std::monostate{};
    m_waiting = m_stale = false;
    if (m_bar) {
        m_bar->hide();
        m_bar->deleteLater();
        m_bar = nullptr;
    }
    m_view.setReach(nullptr, {});
}

void ReachBoard::retranslate() {
    fillChoices();
}

} // namespace tocsin::gui
