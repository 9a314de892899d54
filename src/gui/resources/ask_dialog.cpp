#include "gui/resources/ask_dialog.hpp"

#include "gui/panels/reason_dialog.hpp"
#include "gui/resources/field_read.hpp"
#include "gui/resources/resource_words.hpp"
#include "gui/resources/stock_voucher.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

AskDialog::AskDialog(const UiContext& ui, const QString& title, const QString& act, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_fields(new QFormLayout), m_said(new QLabel(this)), m_act(new QPushButton(act, this)) {
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* heading = new QLabel(title, this);
    heading->setFont(ui.theme.font(Theme::Text::title));
    heading->setWordWrap(true);
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setProperty("role", QStringLiteral("error"));
    m_said->setObjectName(QStringLiteral("askSaid"));
    m_said->hide();
    m_act->setProperty("kind", QStringLiteral("primary"));
    m_act->setObjectName(QStringLiteral("askAct"));
    m_act->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(10);
    column->addWidget(heading);
    column->addLayout(m_fields);
    column->addWidget(m_said);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_act);
    column->addLayout(buttons);
    resize(460, 0);
    connect(m_act, &QPushButton::clicked, this, &AskDialog::act);
}

void AskDialog::act() {
    QString fault;
    auto command = m_make(fault);
    if (!command) {
        m_said->setText(fault);
        m_said->show();
        return;
    }
    m_act->setEnabled(false);
    m_ui.desk.send(std::move(*command), this, [this](const base::Result<desk::Done>& done) {
        m_act->setEnabled(true);
        if (done) {
            accept();
            if (m_done)
                m_done(*done);
            return;
        }
        m_said->setText(Words::refusal(done.error()));
        m_said->show();
    });
}

namespace {

const model::Resource* find(const UiContext& ui, model::ResourceId id) {
    const auto& all = ui.desk.state().resources;
    const auto it = all.find(id);
    return it == all.end() ? nullptr : &it->second;
}

QString named(const UiContext& ui, const std::vector<model::ResourceId>& ids) {
    const auto* one = ids.size() == 1 ? find(ui, ids.front()) : nullptr;
    return one != nullptr ? Words::quoted(Words::local(one->name, ui.language))
                          : ResourceDialogs::tr("%1 resources").arg(Words::number(static_cast<double>(ids.size()), 0));
}

QLineEdit* line(AskDialog* dialog, const QString& label, const char* name, const QString& hint = {}) {
    auto* edit = new QLineEdit(dialog);
    edit->setObjectName(QString::fromLatin1(name));
    edit->setPlaceholderText(hint);
    edit->setAccessibleName(label);
    dialog->fields()->addRow(label, edit);
    return edit;
}

QComboBox* choice(AskDialog* dialog, const QString& label, const char* name) {
    auto* box = new QComboBox(dialog);
    box->setObjectName(QString::fromLatin1(name));
    box->setAccessibleName(label);
    dialog->fields()->addRow(label, box);
    return box;
}

QString dayHint() {
    return ResourceDialogs::tr("a day such as 2026-12-31, or empty");
}

} // namespace

void ResourceDialogs::status(const UiContext& ui, const std::vector<model::ResourceId>& ids, QWidget* parent) {
    auto* dialog = new AskDialog(ui, tr("Status of %1").arg(named(ui, ids)), tr("Set the status"), parent);
    auto* status = choice(dialog, tr("Status"), "status");
    using S = model::ResourceStatus;
    for (const auto s : {S::available, S::outOfService, S::maintenance, S::offDuty})
        status->addItem(Words::resourceStatus(s), static_cast<int>(s));
    auto* hours = line(dialog, tr("For how many hours"), "hours", tr("empty: until somebody changes it"));
    auto* reason = line(dialog, tr("Reason"), "reason");
    dialog->setMake([ui, ids, status, hours, reason](QString& fault) -> std::optional<desk::CommandBody> {
        const auto span = FieldRead::number(hours->text());
        if (!span || *span < 0 || *span > 8'760) {
            fault = tr("Hours are a number up to 8760");
            return std::nullopt;
        }
        desk::SetResourceStatus command;
        command.resources = ids;
        command.status = static_cast<S>(status->currentData().toInt());
        if (*span > 0)
            command.until = ui.desk.now() + std::chrono::duration_cast<base::Duration>(std::chrono::duration<double, std::ratio<3600>>(*span));
        command.reason = FieldRead::utf8(reason->text());
        return command;
    });
    dialog->open();
}

void ResourceDialogs::stock(const UiContext& ui, model::ResourceId id, QWidget* parent, const StockProposal& proposal) {
    const auto* r = find(ui, id);
    if (r == nullptr)
        return;
    auto* dialog = new AskDialog(ui, tr("Stock of %1").arg(named(ui, {id})), tr("Write the document"), parent);
    using A = desk::StockAct;
    auto* act = choice(dialog, tr("What"), "act");
    act->addItem(tr("Stock in"), static_cast<int>(A::receipt));
    act->addItem(tr("Stock out"), static_cast<int>(A::issue));
    act->addItem(tr("Transfer"), static_cast<int>(A::transfer));
    act->addItem(tr("Count"), static_cast<int>(A::count));
    act->addItem(tr("Write off"), static_cast<int>(A::writeOff));
    auto* supply = choice(dialog, tr("Supply"), "supply");
    for (std::size_t i = 0; i < r->stock.size(); ++i) {
        const auto& s = r->stock[i];
        QString text = tr("%1 %2 · %3 %4", "code, name, quantity, unit")
                           .arg(Words::plain(s.code), Words::local(s.name, ui.language), Words::number(s.quantity), Words::unit(s.unit));
        if (!s.batch.empty())
            text += QStringLiteral(" · ") + Words::plain(s.batch);
        supply->addItem(text, static_cast<int>(i));
    }
    supply->addItem(tr("Something new"), -1);
    auto* code = line(dialog, tr("Code"), "code");
    auto* name = line(dialog, tr("Name"), "name");
    auto* unit = line(dialog, tr("Unit"), "unit");
    auto* batch = line(dialog, tr("Batch"), "batch");
    auto* quantity = line(dialog, tr("Quantity"), "quantity");
    auto* expiry = line(dialog, tr("Expiry"), "expiry", dayHint());
    auto* to = choice(dialog, tr("To"), "to");
    for (const auto& [other, resource] : ui.desk.state().resources) {
        // A store, or what carries a stock of its own.
        const bool holds = resource.kind == model::ResourceKind::warehouse || !resource.stock.empty() || other == proposal.to;
        if (other != id && !resource.retired && holds)
            to->addItem(Words::local(resource.name, ui.language), QString::fromStdString(other.toString()));
    }
    auto* document = line(dialog, tr("Document"), "document", tr("empty: the desk gives a number"));
    auto* reason = line(dialog, tr("Reason"), "reason");
    auto* voucher = new QCheckBox(tr("Print its voucher"), dialog);
    voucher->setObjectName(QStringLiteral("voucher"));
    dialog->fields()->addRow(QString(), voucher);
    if (proposal.to) {
        act->setCurrentIndex(act->findData(static_cast<int>(A::transfer)));
        for (std::size_t i = 0; i < r->stock.size(); ++i) {
            if (r->stock[i].code == proposal.batch.code && r->stock[i].unit == proposal.batch.unit &&
                r->stock[i].batch == proposal.batch.batch)
                supply->setCurrentIndex(static_cast<int>(i));
        }
        to->setCurrentIndex(to->findData(QString::fromStdString(proposal.to->toString())));
        quantity->setText(ResourceWords::number(proposal.quantity));
        reason->setText(proposal.reason);
    }
    const auto arrange = [dialog, act, supply, code, name, unit, batch, expiry, to] {
        const auto what = static_cast<A>(act->currentData().toInt());
        const bool fresh = supply->currentData().toInt() < 0;
        for (auto* edit : {code, name, unit, batch})
            dialog->fields()->setRowVisible(edit, fresh);
        dialog->fields()->setRowVisible(expiry, what == A::receipt);
        dialog->fields()->setRowVisible(to, what == A::transfer);
    };
    QObject::connect(act, &QComboBox::currentIndexChanged, dialog, arrange);
    QObject::connect(supply, &QComboBox::currentIndexChanged, dialog, arrange);
    arrange();
    dialog->setMake([stock = r->stock, id, act, supply, code, name, unit, batch, quantity, expiry, to, document,
                     reason](QString& fault) -> std::optional<desk::CommandBody> {
        desk::MoveStock command;
        command.resource = id;
        command.act = static_cast<A>(act->currentData().toInt());
        const int at = supply->currentData().toInt();
        if (at >= 0) {
            command.code = stock[static_cast<std::size_t>(at)].code;
            command.unit = stock[static_cast<std::size_t>(at)].unit;
            command.batch = stock[static_cast<std::size_t>(at)].batch;
        } else {
            command.code = FieldRead::utf8(code->text());
            command.name = {FieldRead::utf8(name->text())};
            command.unit = FieldRead::utf8(unit->text());
            command.batch = FieldRead::utf8(batch->text());
        }
        const auto much = FieldRead::number(quantity->text());
        if (!much || quantity->text().trimmed().isEmpty()) {
            fault = tr("The quantity is a number");
            return std::nullopt;
        }
        command.quantity = *much;
        const auto when = FieldRead::moment(expiry->text());
        if (!when.good) {
            fault = tr("The expiry is a day such as 2026-12-31");
            return std::nullopt;
        }
        if (command.act == A::receipt)
            command.expiry = when.time;
        if (command.act == A::transfer)
            command.to = model::ResourceId::parse(to->currentData().toString().toStdString());
        command.document = FieldRead::utf8(document->text());
        command.reason = FieldRead::utf8(reason->text());
        return command;
    });
    dialog->setDone([ui, voucher, parent](const desk::Done& done) {
        const auto written = std::find_if(done.entries.begin(), done.entries.end(), isStockDocument);
        if (voucher->isChecked() && written != done.entries.end())
            printVoucher(ui, *written, parent);
    });
    dialog->open();
    quantity->setFocus();
    quantity->selectAll();
}

void ResourceDialogs::count(const UiContext& ui, model::ResourceId id, QWidget* parent) {
    const auto* r = find(ui, id);
    if (r == nullptr)
        return;
    auto* dialog = new AskDialog(ui, tr("Count %1").arg(named(ui, {id})), tr("Write the count"), parent);
    auto* occupied = r->beds.empty() || r->capacity > 0 ? line(dialog, tr("Taken places"), "occupied", QString::number(r->occupied)) : nullptr;
    std::vector<QLineEdit*> free;
    for (const auto& beds : r->beds)
        free.push_back(line(dialog, tr("Free of %1 beds: %2", "number, kind").arg(beds.total).arg(Words::plain(beds.kind)), "free",
                            QString::number(beds.free)));
    dialog->setMake([id, beds = r->beds, occupied, free](QString& fault) -> std::optional<desk::CommandBody> {
        desk::CountResource command;
        command.resource = id;
        fault = tr("Whole numbers are expected");
        if (occupied != nullptr && !occupied->text().trimmed().isEmpty()) {
            command.occupied = FieldRead::count(occupied->text());
            if (!command.occupied)
                return std::nullopt;
        }
        for (std::size_t i = 0; i < free.size(); ++i) {
            if (free[i]->text().trimmed().isEmpty())
                continue;
            const auto number = FieldRead::count(free[i]->text());
            if (!number)
                return std::nullopt;
            command.beds.push_back({beds[i].kind, beds[i].total, *number});
        }
        return command;
    });
    dialog->open();
}

void ResourceDialogs::check(const UiContext& ui, model::ResourceId id, QWidget* parent) {
    auto* dialog = new AskDialog(ui, tr("Check of %1").arg(named(ui, {id})), tr("Write the check"), parent);
    auto* what = choice(dialog, tr("What"), "what");
    what->addItem(tr("Readiness check"), false);
    what->addItem(tr("Maintenance"), true);
    auto* passed = choice(dialog, tr("Outcome"), "passed");
    passed->addItem(tr("Ready"), true);
    passed->addItem(tr("Not ready: out of service from now on"), false);
    auto* next = line(dialog, tr("Next"), "next", dayHint());
    auto* result = line(dialog, tr("What was found"), "result");
    dialog->setMake([id, what, passed, next, result](QString& fault) -> std::optional<desk::CommandBody> {
        const auto when = FieldRead::moment(next->text());
        if (!when.good) {
            fault = tr("The next check is a day such as 2026-12-31");
            return std::nullopt;
        }
        return desk::RecordCheck{id, what->currentData().toBool(), passed->currentData().toBool(), when.time, FieldRead::utf8(result->text())};
    });
    dialog->open();
}

void ResourceDialogs::bulk(const UiContext& ui, const std::vector<model::ResourceId>& ids, QWidget* parent) {
    auto* dialog = new AskDialog(ui, tr("Change one field of %1").arg(named(ui, ids)), tr("Change all"), parent);
    auto* field = choice(dialog, tr("Field"), "field");
    for (const char* key : {"owner", "owner_zh_CN", "division", "person_in_charge", "phone", "code", "check_due", "maintenance_due", "capabilities", "remarks"})
        field->addItem(ResourceWords::field(QString::fromLatin1(key)), QString::fromLatin1(key));
    auto* value = line(dialog, tr("New value"), "value", tr("empty: nothing"));
    dialog->setMake([ui, ids, field, value](QString& fault) -> std::optional<desk::CommandBody> {
        desk::PutResources command;
        command.how = "bulk edit";
        const auto key = field->currentData().toString();
        const auto text = FieldRead::utf8(value->text());
        const auto moment = FieldRead::moment(value->text());
        const auto skills = FieldRead::skills(value->text());
        if ((key.endsWith(QLatin1String("_due")) && !moment.good) || (key == QLatin1String("capabilities") && !skills)) {
            fault = key == QLatin1String("capabilities") ? tr("Capabilities are such as pumping:2 medical:1") : tr("A day such as 2026-12-31 is expected");
            return std::nullopt;
        }
        for (const auto& id : ids) {
            const auto* r = find(ui, id);
            if (r == nullptr)
                continue;
            command.seen.push_back(*r);
            auto edited = *r;
            if (key == QLatin1String("owner"))
                edited.owner.text = text;
            else if (key == QLatin1String("owner_zh_CN"))
                edited.owner.translations["zh_CN"] = text;
            else if (key == QLatin1String("division"))
                edited.division = text;
            else if (key == QLatin1String("person_in_charge"))
                edited.personInCharge = text;
            else if (key == QLatin1String("phone"))
                edited.phone = text;
            else if (key == QLatin1String("code"))
                edited.code = text;
            else if (key == QLatin1String("check_due"))
                edited.checkDue = moment.time;
            else if (key == QLatin1String("maintenance_due"))
                edited.maintenanceDue = moment.time;
            else if (key == QLatin1String("capabilities"))
                edited.capabilities = *skills;
            else
                edited.remarks = text;
            command.resources.push_back(std::move(edited));
        }
        return command;
    });
    dialog->open();
}

void ResourceDialogs::retire(const UiContext& ui, const std::vector<model::ResourceId>& ids, QWidget* parent) {
    ReasonDialog::Question question;
    question.title = tr("Retire %1").arg(named(ui, ids));
    question.explanation = tr("It is no longer there: it is kept for what refers to it, and offered no more.");
    question.act = tr("Retire");
    question.grave = true;
    auto* dialog = new ReasonDialog(ui, question,
                                    [ids](const std::string& reason) { return desk::CommandBody(desk::RetireResources{ids, reason}); }, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace tocsin::gui
