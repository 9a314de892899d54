#include "gui/dispatch/aid_page.hpp"
#include "gui/dispatch/dispatch_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <set>

namespace tocsin::gui {

namespace {

constexpr double mostQuantity = 1e9; ///< the desk's own limit

QString idText(const auto& id) {
    return QString::fromStdString(id.toString());
}

/// What may be asked for: what open incidents need, what others offer, what warehouses hold.
std::vector<model::AidItem> things(const model::State& state) {
    std::vector<model::AidItem> out;
    std::set<std::pair<std::string, std::string>> known;
    const auto add = [&](const std::string& code, const base::LocalText& name, const std::string& unit) {
        if (!code.empty() && known.insert({code, unit}).second)
            out.push_back({code, name, 0, unit});
    };
    for (const auto& line : supplyBoard(state, base::Time{})) {
        if (line.kind != model::NeedKind::shelter)
            add(line.code, line.name, line.unit);
    }
    for (const auto& [id, one] : state.resources) {
        for (const auto& offer : one.offers)
            add(offer.code, offer.name, offer.unit);
    }
    for (const auto& [id, one] : state.resources) {
        for (const auto& stock : one.stock)
            add(stock.code, stock.name, stock.unit);
        for (const auto& capability : one.capabilities)
            add(capability.code, {}, {});
    }
    return out;
}

} // namespace

AidForm::AidForm(const UiContext& ui, model::AidRequest request, std::function<void(AskingDialog& form, model::AidRequest)> save,
                 QWidget* parent)
    : AskingDialog(parent), m_ui(ui), m_request(std::move(request)), m_incident(new QComboBox(this)),
      m_partner(new QComboBox(this)), m_items(new QVBoxLayout), m_timed(new QCheckBox(this)), m_by(new QDateTimeEdit(this)),
      m_message(new QPlainTextEdit(this)), m_save(pageButton("aidSave", "primary", this)), m_things(things(ui.desk.state())) {
    setAct(m_save);
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("aidForm"));
    setWindowTitle(tr("Request for mutual aid"));
    m_incident->setObjectName(QStringLiteral("aidIncident"));
    m_partner->setObjectName(QStringLiteral("aidPartner"));
    m_message->setObjectName(QStringLiteral("aidMessage"));
    const auto& state = ui.desk.state();
    for (const auto& [id, incident] : state.incidents) {
        if (incident.state == model::IncidentState::open)
            m_incident->addItem(DispatchWords::incident(state, id, ui.language), idText(id));
    }
    m_incident->setCurrentIndex(std::max(0, m_incident->findData(idText(m_request.incident))));
    const std::string first = m_request.items.empty() ? std::string() : m_request.items.front().code;
    for (const auto& id : lendersOf(state, first)) {
        const auto& one = state.resources.at(id);
        const auto offer = std::find_if(one.offers.begin(), one.offers.end(), [&](const auto& o) { return o.code == first; });
        const QString name = Words::local(one.name, ui.language);
        m_partner->addItem(offer == one.offers.end()
                               ? name
                               : tr("%1 (offers %2 in %3)")
                                     .arg(name, DispatchWords::amount(offer->quantity, offer->unit), Words::eta(offer->lead)),
                           idText(id));
    }
    m_partner->setCurrentIndex(std::max(0, m_partner->findData(idText(m_request.partner))));
    m_timed->setText(tr("Needed by"));
    m_timed->setChecked(m_request.neededBy.has_value());
    m_by->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    m_by->setAccessibleName(tr("Needed by"));
    // The field knows no zones: it shows the county's clock, and request() reads it as that.
    const QDateTime by = Words::dateTime(m_request.neededBy.value_or(ui.desk.now() + std::chrono::hours(6)));
    m_by->setDateTime(QDateTime(by.date(), by.time()));
    m_by->setEnabled(m_timed->isChecked());
    connect(m_timed, &QCheckBox::toggled, m_by, &QWidget::setEnabled);
    m_message->setPlainText(Words::plain(m_request.message));
    m_message->setMaximumHeight(110);
    m_items->setSpacing(6);
    if (m_request.items.empty())
        addRow({});
    for (const auto& item : m_request.items)
        addRow(item);
    auto* more = pageButton("aidMore", "quiet", this);
    more->setText(tr("One more thing"));
    connect(more, &QPushButton::clicked, this, [this] { addRow({}); });
    auto* form = new QFormLayout;
    form->addRow(tr("Incident"), m_incident);
    form->addRow(tr("Whom to ask"), m_partner);
    form->addRow(tr("What"), m_items);
    form->addRow(QString(), more);
    form->addRow(m_timed, m_by);
    form->addRow(tr("In words"), m_message);
    auto* none = new QLabel(tr("No partner or enterprise is in the resource database: put one there first."), this);
    none->setObjectName(QStringLiteral("aidNobody"));
    none->setProperty("role", QStringLiteral("error"));
    none->setWordWrap(true);
    none->setVisible(m_partner->count() == 0);
    auto* cancel = pageButton("aidCancel", "", this);
    cancel->setText(tr("Cancel"));
    m_save->setText(tr("Draft"));
    m_save->setDefault(true);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(m_save);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->addLayout(form);
    column->addWidget(none);
    column->addWidget(trouble());
    column->addLayout(row);
    setMinimumWidth(620);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, [this, save = std::move(save)] { save(*this, this->request()); });
    check();
}

void AidForm::addRow(const model::AidItem& item) {
    Row row{new QComboBox(this), new QDoubleSpinBox(this)};
    row.thing->setObjectName(QStringLiteral("aidThing"));
    row.quantity->setObjectName(QStringLiteral("aidQuantity"));
    row.thing->setAccessibleName(tr("What"));
    row.quantity->setAccessibleName(tr("How much"));
    row.quantity->setRange(0, mostQuantity);
    row.quantity->setDecimals(2);
    row.quantity->setValue(item.quantity);
    row.quantity->setGroupSeparatorShown(true);
    row.quantity->setMinimumWidth(140);
    int at = -1;
    for (const auto& thing : m_things) {
        const QString name = thing.name.empty() ? Words::capability(thing.code) : Words::local(thing.name, m_ui.language);
        row.thing->addItem(thing.unit.empty() ? name : tr("%1, in %2", "thing, unit").arg(name, Words::unit(thing.unit)));
        if (thing.code == item.code && thing.unit == item.unit)
            at = row.thing->count() - 1;
    }
    if (at < 0 && !item.code.empty()) {
        m_things.push_back(item); // of a draft: no longer in stock or needed, but asked for
        row.thing->addItem(item.name.empty() ? Words::capability(item.code) : Words::local(item.name, m_ui.language));
        at = row.thing->count() - 1;
    }
    row.thing->setCurrentIndex(std::max(0, at));
    auto* line = new QHBoxLayout;
    line->addWidget(row.thing, 1);
    line->addWidget(row.quantity);
    m_items->addLayout(line);
    m_rows.push_back(row);
    connect(row.quantity, &QDoubleSpinBox::valueChanged, this, [this] { check(); });
    check();
}

bool AidForm::isWhole() const {
    const bool some = std::any_of(m_rows.begin(), m_rows.end(), [](const Row& row) { return row.quantity->value() > 0; });
    return some && m_partner->count() > 0 && m_incident->count() > 0 && !m_things.empty();
}

model::AidRequest AidForm::request() const {
    auto out = m_request;
    if (const auto id = model::IncidentId::parse(m_incident->currentData().toString().toStdString()))
        out.incident = *id;
    if (const auto id = model::ResourceId::parse(m_partner->currentData().toString().toStdString()))
        out.partner = *id;
    out.items.clear();
    for (const Row& row : m_rows) {
        const int at = row.thing->currentIndex();
        if (at < 0 || row.quantity->value() <= 0)
            continue;
        auto item = m_things[static_cast<std::size_t>(at)];
        item.quantity = row.quantity->value();
        out.items.push_back(std::move(item));
    }
    out.neededBy.reset();
    if (m_timed->isChecked())
        out.neededBy = base::fromUnixMillis(
            QDateTime(m_by->date(), m_by->time(), Words::dateTime(m_ui.desk.now()).timeZone()).toMSecsSinceEpoch());
    out.message = m_message->toPlainText().trimmed().toStdString();
    return out;
}

AidAnswer::AidAnswer(const UiContext& ui, const model::AidRequest& request, model::AidState to, Answer answer, QWidget* parent)
    : AskingDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("aidAnswer"));
    setWindowTitle(tr("%1: %2", "number, act").arg(Words::plain(request.number), DispatchWords::aidStep(to)));
    auto* explanation = new QLabel(to == model::AidState::accepted ? tr("How much do they lend? What they do not lend is short again and can be asked of others.")
                                                                   : tr("How much has come? It serves the incident until it is given back."),
                                   this);
    explanation->setWordWrap(true);
    explanation->setProperty("role", QStringLiteral("dim"));
    auto* form = new QFormLayout;
    std::vector<double> said;
    for (const auto& item : request.items) {
        auto* lent = new QDoubleSpinBox(this);
        lent->setObjectName(QStringLiteral("aidLent%1").arg(m_lent.size()));
        lent->setRange(0, mostQuantity);
        lent->setDecimals(2);
        lent->setGroupSeparatorShown(true);
        lent->setValue(model::lentOf(item));
        auto* label = new QLabel(tr("%1 (asked for: %2)", "thing, quantity")
                                     .arg(item.name.empty() ? Words::capability(item.code) : Words::local(item.name, ui.language),
                                          DispatchWords::amount(item.quantity, item.unit)),
                                 this);
        label->setBuddy(lent);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        form->addRow(label, lent);
        connect(lent, &QDoubleSpinBox::valueChanged, this, [this] { check(); });
        m_lent.push_back(lent);
        said.push_back(model::lentOf(item));
    }
    auto* note = new QLineEdit(this);
    note->setObjectName(QStringLiteral("aidNote"));
    note->setMaxLength(300);
    form->addRow(tr("What they said, or by whom (may be empty)"), note);
    auto* inner = new QWidget(this); // of a hundred things not all fit on the screen
    inner->setLayout(form);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inner);
    scroll->setMinimumHeight(std::min(400, inner->sizeHint().height() + 4));
    auto* cancel = pageButton("aidAnswerCancel", "", this);
    cancel->setText(tr("Cancel"));
    auto* act = pageButton("aidAnswerSave", "primary", this);
    act->setText(DispatchWords::aidStep(to));
    act->setDefault(true);
    setAct(act);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(act);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->addWidget(explanation);
    column->addWidget(scroll, 1);
    column->addWidget(trouble());
    column->addLayout(row);
    setMinimumWidth(560);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(act, &QPushButton::clicked, this, [this, note, said = std::move(said), answer = std::move(answer)] {
        std::vector<double> lent;
        for (std::size_t i = 0; i < said.size(); ++i) { // what nobody has changed stays exact: the field rounds
            const double value = m_lent[i]->value();
            lent.push_back(std::abs(value - said[i]) < 0.005 ? said[i] : value);
        }
        answer(*this, std::move(lent), note->text().trimmed());
    });
    check();
}

bool AidAnswer::isWhole() const {
    return std::any_of(m_lent.begin(), m_lent.end(), [](const auto* box) { return box->value() > 0; });
}

} // namespace tocsin::gui
