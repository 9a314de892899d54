#include "gui/panels/message_views.hpp"

#include "gui/panels/detail_parts.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

QVBoxLayout* columnOf(QWidget* view) {
    auto* column = new QVBoxLayout(view);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    return column;
}

/// Where it is below full: what is official says so by its sender, and what no feed declares says nothing.
QString trustText(const std::optional<model::Trust>& trust) {
    return trust && *trust != model::Trust::official ? Words::trust(*trust) : QString();
}

} // namespace

QString WarningView::signatureText(const model::Warning& warning) {
    const QString signer = Words::plain(warning.signer);
    switch (warning.signature) {
    case model::Signature::none:
        return tr("none");
    case model::Signature::unverified:
        return tr("signed, not verified");
    case model::Signature::valid:
        return signer.isEmpty() ? tr("valid") : tr("valid, of %1").arg(signer);
    case model::Signature::unknownSigner:
        return signer.isEmpty() ? tr("right, but of a signer whom the county does not know")
                                : tr("right, but of %1, whom the county does not know").arg(signer);
    case model::Signature::invalid:
        return tr("✕ not valid: the message may have been changed");
    }
    return {};
}

WarningView::WarningView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_facts(new FactGrid(ui.theme, this)),
      m_held(textLabel(ui.theme, this)), m_accept(new QPushButton(this)), m_trouble(textLabel(ui.theme, this)),
      m_instructionTitle(sectionLabel(ui.theme, this)), m_instruction(textLabel(ui.theme, this)),
      m_descriptionTitle(sectionLabel(ui.theme, this)), m_description(textLabel(ui.theme, this)),
      m_deviationsTitle(sectionLabel(ui.theme, this)), m_deviations(textLabel(ui.theme, this, true)) {
    auto* column = columnOf(this);
    column->addWidget(m_title);
    column->addSpacing(4);
    column->addWidget(m_held);
    auto* accept = new QHBoxLayout;
    accept->addWidget(m_accept);
    accept->addStretch();
    column->addLayout(accept);
    column->addWidget(m_trouble);
    column->addWidget(m_facts);
    m_accept->setObjectName(QStringLiteral("acceptWarningButton"));
    m_trouble->setProperty("role", QStringLiteral("error"));
    m_trouble->hide();
    connect(m_accept, &QPushButton::clicked, this, &WarningView::accept);
    for (QLabel* text : {m_instruction, m_description})
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_instructionTitle);
    column->addWidget(m_instruction);
    column->addWidget(m_descriptionTitle);
    column->addWidget(m_description);
    column->addWidget(m_deviationsTitle);
    column->addWidget(m_deviations);
    column->addStretch();
}

void WarningView::show(const Selected& what) {
    const auto* id = std::get_if<model::WarningId>(&what);
    m_warning = id ? *id : model::WarningId();
    m_trouble->hide();
    words();
}

void WarningView::accept() {
    m_accept->setEnabled(false);
    m_ui.desk.send(desk::AcceptWarning{m_warning}, this,
                   [this, asked = m_warning](const base::Result<desk::Done>& done) {
                       m_accept->setEnabled(!m_ui.desk.readOnly());
                       if (!done && asked == m_warning)
                           setOrHide(m_trouble, Words::refusal(done.error()));
                   });
}

void WarningView::take(const Changes& changes) {
    if (changes.all || changes.warnings.contains(m_warning))
        words();
}

void WarningView::words() {
    const auto& all = m_ui.desk.state().warnings;
    const auto it = all.find(m_warning);
    if (it == all.end())
        return;
    const model::Warning& w = it->second;
    const model::WarningInfo* info = model::infoFor(w, m_ui.language.toStdString());
    const QString headline =
        info ? Words::plain(info->headline.empty() ? info->event : info->headline) : Words::plain(w.identifier);
    m_title->set(headline,
                 tr("warning · %1 · %2", "colour, state").arg(Words::severity(w.colour), Words::warningState(w.state)),
                 [&theme = m_ui.theme, grade = w.colour](QPainter& p, const QRectF& r) {
                     Symbols::paintSeverity(p, r, grade, theme);
                 });
    const base::Time now = m_ui.desk.now();
    QStringList areas;
    QStringList judged;
    QString sender = Words::plain(w.sender);
    QString instruction;
    QString description;
    if (info) {
        for (const model::WarningArea& area : info->areas)
            areas << Words::plain(area.description);
        for (const std::string* word : {&info->severity, &info->urgency, &info->certainty}) {
            if (!word->empty())
                judged << Words::capWord(*word);
        }
        if (!info->senderName.empty())
            sender = Words::plain(info->senderName);
        instruction = Words::plain(info->instruction).trimmed();
        description = Words::plain(info->description).trimmed();
    }
    areas.removeDuplicates();
    m_facts->set({{tr("Area"), areas.join(tr(", ")), true},
                  {tr("Valid until"), w.expires ? Words::moment(*w.expires, now, m_ui.language) : tr("not said")},
                  {tr("Sent"), Words::moment(w.sent, now, m_ui.language)},
                  {tr("Severity, urgency, certainty"), judged.join(QStringLiteral(" · ")), true},
                  {tr("Sender"), sender},
                  {tr("Signature"), signatureText(w), true},
                  {tr("Source"), trustText(w.trust)},
                  {tr("Status"), Words::capWord(w.capStatus)},
                  {tr("Identifier"), Words::plain(w.identifier), true}});
    const bool held = w.state == model::WarningState::held;
    setOrHide(m_held, held ? tr("Its signature is not one that its feed asks for. It raises no alarm and stands on no map "
                                "until somebody has made sure of it, for instance by telephone.")
                           : QString());
    m_accept->setText(w.msgType == "Cancel" ? tr("Accept the cancellation") : tr("Put it in force"));
    m_accept->setVisible(held);
    m_accept->setEnabled(!m_ui.desk.readOnly());
    m_instructionTitle->setText(tr("Instruction"));
    m_descriptionTitle->setText(tr("Description"));
    m_deviationsTitle->setText(tr("Strays from the standard"));
    setOrHide(m_instruction, instruction);
    setOrHide(m_description, description);
    QStringList deviations;
    for (const std::string& deviation : w.deviations)
        deviations << QStringLiteral("· ") + Words::plain(deviation);
    setOrHide(m_deviations, deviations.join(QLatin1Char('\n')));
    m_instructionTitle->setVisible(!instruction.isEmpty());
    m_descriptionTitle->setVisible(!description.isEmpty());
    m_deviationsTitle->setVisible(!deviations.isEmpty());
}

EarthquakeView::EarthquakeView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_facts(new FactGrid(ui.theme, this)) {
    auto* column = columnOf(this);
    column->addWidget(m_title);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addStretch();
}

void EarthquakeView::show(const Selected& what) {
    const auto* id = std::get_if<model::EarthquakeId>(&what);
    m_quake = id ? *id : model::EarthquakeId();
    words();
}

void EarthquakeView::take(const Changes& changes) {
    if (changes.all || changes.earthquakes.contains(m_quake))
        words();
}

void EarthquakeView::words() {
    const auto& all = m_ui.desk.state().earthquakes;
    const auto it = all.find(m_quake);
    if (it == all.end())
        return;
    const model::Earthquake& q = it->second;
    const base::Time now = m_ui.desk.now();
    m_title->set(q.magnitude ? tr("Earthquake M %1").arg(Words::number(*q.magnitude, 1))
                             : tr("Earthquake, magnitude unknown"),
                 Words::plain(q.place), [ink = m_ui.theme.colours().text](QPainter& p, const QRectF& r) {
                     Symbols::paintGlyph(p, r, QStringLiteral("earthquake"), ink);
                 });
    QString status = Words::plain(q.status);
    if (q.status == "automatic")
        status = tr("automatic, not reviewed");
    else if (q.status == "reviewed")
        status = tr("reviewed");
    else if (q.status == "deleted")
        status = tr("withdrawn by its agency");
    m_facts->set(
        {{tr("Time"),
          tr("%1 (%2)", "clock, age").arg(Words::moment(q.time, now, m_ui.language), Words::age(now - q.time))},
         {tr("Depth"), q.depthKm ? tr("%1 km").arg(Words::number(*q.depthKm)) : tr("unknown")},
         {tr("Epicentre"), Words::position(q.position)},
         {tr("Magnitude type"), Words::plain(q.magnitudeType)},
         {tr("Status"), status},
         {tr("Source"), Words::feed(q.source) + QStringLiteral(" · ") + Words::plain(q.sourceId)},
         {tr("Trust"), trustText(q.trust)},
         {tr("Tsunami"), q.tsunami ? tr("the agency points to one") : QString()}});
}

} // namespace tocsin::gui
