#include "gui/calls/place_report_dialog.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/reason_words.hpp"
#include "gui/panels/send_or_say.hpp"
#include "tocsin/geo/coordinates.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/gui/panels/entry_sentence.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/json.hpp"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {
constexpr std::size_t mostEntries = 200;
constexpr int headLength = 160;
} // namespace

PlaceReportDialog::PlaceReportDialog(const UiContext& ui, PlaceField::Parts parts, model::ReportId report, bool hasMap,
                                     QWidget* parent)
    : QDialog(parent), m_ui(ui), m_report(report), m_head(textLabel(ui.theme, this)), m_given(new FactGrid(ui.theme, this)),
      m_field(new PlaceField(ui, std::move(parts), this)), m_over(new QCheckBox(this)), m_trouble(new QLabel(this)),
      m_act(new QPushButton(this)), m_cancel(new QPushButton(this)) {
    setObjectName(QStringLiteral("placeReportDialog"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    m_head->setFont(ui.theme.font(Theme::Text::rowBold));
    m_over->setObjectName(QStringLiteral("placeOver"));
    m_act->setObjectName(QStringLiteral("placeAct"));
    m_act->setProperty("kind", QStringLiteral("primary"));
    m_trouble->setProperty("role", QStringLiteral("error"));
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_cancel->setAutoDefault(false);
    m_field->offerMap(*this, hasMap);
    column->addWidget(m_head);
    column->addWidget(m_given);
    column->addWidget(m_field);
    column->addWidget(m_over);
    column->addWidget(m_trouble);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_act);
    column->addLayout(buttons);
    m_act->setDefault(true);
    resize(520, sizeHint().height());

    connect(m_field, &PlaceField::changed, this, &PlaceReportDialog::check);
    connect(m_field, &PlaceField::placed, this, &PlaceReportDialog::placed);
    connect(m_field, &PlaceField::mapWanted, this, &PlaceReportDialog::mapWanted);
    connect(m_over, &QCheckBox::toggled, this, [this](bool on) {
        m_agreed = on ? m_field->position() : std::nullopt;
        check();
    });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_act, &QPushButton::clicked, this, &PlaceReportDialog::act);
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (!changes.all && !changes.reports.contains(m_report))
            return;
        m_agreed.reset(); // another may have moved it: what was agreed to is not what would be done
        facts();
        check();
        askHistory();
    });
    if (const auto* r = this->report())
        m_field->fill(Words::plain(r->place), std::nullopt);
    words();
    askHistory();
}

const model::Report* PlaceReportDialog::report() const {
    const auto& all = m_ui.desk.state().reports;
    const auto it = all.find(m_report);
    return it == all.end() ? nullptr : &it->second;
}

void PlaceReportDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    if (m_asked)
        return; // it comes back from the map
    m_asked = true;
    m_field->line().setFocus(Qt::OtherFocusReason);
    m_field->line().selectAll(); // the sender's own words: looked up, and gone with the first letter
    m_field->look();
}

void PlaceReportDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

void PlaceReportDialog::words() {
    setWindowTitle(tr("Where the report belongs"));
    m_field->words();
    m_act->setText(tr("Put the report here"));
    m_cancel->setText(tr("Cancel"));
    facts();
    check();
}

/// What the sender gave comes from the journal where a person has placed the report since.
void PlaceReportDialog::facts() {
    const auto* r = report();
    if (r == nullptr)
        return;
    m_head->setText(Words::quoted(Words::shortened(Words::plain(r->text).simplified(), headLength)));
    QString stands = r->position ? Words::position(*r->position) : tr("not given");
    if (r->position && r->accuracyMetres)
        stands += QStringLiteral(" ± %1").arg(distanceWord(*r->accuracyMetres));
    QString given;
    QString by;
    if (!m_placings.empty()) {
        const auto before = m_placings.back().data.find("before");
        const bool known = before != m_placings.back().data.end() && before->is_array() && before->size() >= 2;
        given = known ? Words::position(before->get<model::Position>()) : tr("not given");
        by = tr("%1, %2", "who, when")
                 .arg(entryActor(m_placings.front()),
                      Words::moment(m_placings.front().time, m_ui.desk.now(), m_ui.language));
    }
    m_given->set({{tr("Place, in the sender's words"), r->place.empty() ? tr("not given") : Words::plain(r->place), true},
                  {m_placings.empty() ? tr("Position, as the sender gave it") : tr("Position now"), stands, true},
                  {tr("The sender gave"), given, true},
                  {tr("Placed by"), by},
                  {tr("The sender stood"), r->senderPosition ? Words::position(*r->senderPosition) : QString(), true}});
}

void PlaceReportDialog::askHistory() {
    m_ui.desk.entriesAbout(QString::fromStdString(m_report.toString()), mostEntries, this,
                           [this](std::vector<model::Entry> entries) {
                               std::erase_if(entries, [](const model::Entry& e) { return e.type != "report.placed"; });
                               m_placings = std::move(entries);
                               facts();
                           });
}

void PlaceReportDialog::placed(const model::Position& position, const QString& name) {
    m_how = m_pointing                                            ? "map"
            : geo::parseCoordinates(name.toStdString()).empty()   ? "address"
                                                                  : "coordinates";
    emit chosen(position);
}

void PlaceReportDialog::pointedAt(const model::Position& position) {
    m_pointing = true;
    m_field->place(position);
    m_pointing = false;
    m_act->setFocus(Qt::OtherFocusReason);
    if (m_over->isVisible())
        m_over->setFocus(Qt::OtherFocusReason);
}

void PlaceReportDialog::check() {
    const auto* r = report();
    const auto& to = m_field->position();
    const bool other = r != nullptr && to && r->position && !(*r->position == *to);
    if (!other || m_agreed != to)
        m_agreed.reset();
    {
        const QSignalBlocker quiet(m_over);
        m_over->setVisible(other);
        m_over->setChecked(m_agreed.has_value());
    }
    if (other)
        m_over->setText(tr("Yes, &overwrite the position that stands: it is %1 from here")
                            .arg(distanceWord(geo::distance(*r->position, *to).value)));
    m_act->setEnabled(!m_sending && r != nullptr && to && (other ? m_agreed.has_value() : !r->position) &&
                      !m_ui.desk.readOnly());
}

void PlaceReportDialog::act() {
    if (!m_act->isEnabled())
        return;
    m_sending = true;
    sendOrSay(*this, m_ui.desk, desk::PlaceReport{m_report, *m_field->position(), m_how}, *m_act, *m_trouble, [this] {
        m_sending = false;
        check();
    });
}

} // namespace tocsin::gui
