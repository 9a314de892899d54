#include "tocsin/gui/panels/duty_log.hpp"

#include "gui/panels/log_model.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "ui_duty_log.h"

#include <QKeyEvent>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <nlohmann/json.hpp>

namespace tocsin::gui {
namespace {

constexpr int lineHeight = 29;

class LineDelegate : public QStyledItemDelegate {
  public:
    LineDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Palette& c = m_theme.colours();
        const QRect r = option.rect;
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        p->save();
        if (selected)
            p->fillRect(r, c.selectedRow);
        else if ((option.state & QStyle::State_MouseOver) != 0)
            p->fillRect(r, c.raised);
        p->fillRect(r.left(), r.bottom(), r.width(), 1, c.line);
        const int actorLeft = 16 + 78;
        // A narrow dock gives the sentence what it takes from the name.
        const int actorWidth = std::clamp(r.width() / 8, 64, 120);
        p->setFont(m_theme.font(Theme::Text::body));
        p->setPen(c.dim);
        p->drawText(r.adjusted(16, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                    index.data(LogModel::timeRole).toString());
        p->setPen(c.text);
        const QRect text = r.adjusted(actorLeft + actorWidth + 12, 0, -16, 0);
        p->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                    p->fontMetrics().elidedText(index.data().toString().simplified(), Qt::ElideRight, text.width()));
        p->setFont(m_theme.font(Theme::Text::bodyBold));
        const QRect actor(r.left() + actorLeft, r.top(), actorWidth, r.height());
        p->drawText(
            actor, Qt::AlignLeft | Qt::AlignVCenter,
            p->fontMetrics().elidedText(index.data(LogModel::actorRole).toString(), Qt::ElideRight, actorWidth));
        p->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {400, lineHeight};
    }

  private:
    const Theme& m_theme;
};

} // namespace

DutyLog::DutyLog(const UiContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("dutyLog"), QStringLiteral("F6"), parent), m_form(std::make_unique<Ui::DutyLog>()),
      m_model(new LogModel(context, this)), m_filtered(new QSortFilterProxyModel(this)) {
    m_form->setupUi(this);
    m_form->list->setFrameShape(QFrame::NoFrame);
    m_form->list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_form->list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_form->list->setItemDelegate(new LineDelegate(m_ui.theme, this));
    m_form->list->installEventFilter(this);
    m_form->list->viewport()->installEventFilter(this);
    m_form->filterEdit->installEventFilter(this);
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterRole(LogModel::textRole);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_form->list->setModel(m_filtered);
    connect(m_form->filterEdit, &QLineEdit::textChanged, this, &DutyLog::filter);
    connect(m_form->noteEdit, &QLineEdit::returnPressed, this, &DutyLog::writeNote);
    connect(m_form->list, &QListView::doubleClicked, this, &DutyLog::select);
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.entries > 0)
            m_model->take(changes);
        if (changes.all || changes.desk || changes.entries > 0) {
            m_form->noteEdit->setEnabled(!m_ui.desk.readOnly());
            emit titleChanged();
        }
    });
}

DutyLog::~DutyLog() = default;

QString DutyLog::panelTitle() const {
    return tr("Duty log");
}

QString DutyLog::panelCount() const {
    const auto& since = m_ui.desk.state().desk.dutySince;
    QString out =
        since ? tr("%1 entries this shift").arg(m_model->since(*since)) : tr("%1 entries").arg(m_model->rowCount());
    if (m_model->chain() == LogModel::Chain::intact)
        out += tr(" · chain intact");
    else if (m_model->chain() == LogModel::Chain::broken)
        out += tr(" · CHAIN BROKEN");
    return out;
}

QString DutyLog::emptyText() const {
    return tr("Everything that changes the desk is written here by itself. A note of yours goes into the field above.");
}

void DutyLog::takeFocus() {
    m_form->filterEdit->setFocus(Qt::ShortcutFocusReason);
}

void DutyLog::filter() {
    m_filtered->setFilterFixedString(m_form->filterEdit->text().trimmed());
}

void DutyLog::writeNote() {
    const QString text = m_form->noteEdit->text().trimmed();
    if (text.isEmpty())
        return;
    m_ui.desk.send(desk::WriteNote{text.toStdString(), std::nullopt}, this,
                   [this, text](const base::Result<desk::Done>& done) {
                       if (done && m_form->noteEdit->text().trimmed() == text)
                           m_form->noteEdit->clear();
                   });
}

void DutyLog::select(const QModelIndex& row) {
    const model::Entry* entry = m_model->entryAt(m_filtered->mapToSource(row));
    if (!entry)
        return;
    const auto uuid = base::Uuid::parse(entry->subject);
    if (!uuid)
        return;
    const model::State& state = m_ui.desk.state();
    const std::string thing = entry->type.substr(0, entry->type.find('.'));
    if (thing == "alarm" && state.alarms.contains(model::AlarmId(*uuid)))
        m_ui.selection.select(model::AlarmId(*uuid));
    else if (thing == "report" && state.reports.contains(model::ReportId(*uuid)))
        m_ui.selection.select(model::ReportId(*uuid));
    else if (thing == "warning" && state.warnings.contains(model::WarningId(*uuid)))
        m_ui.selection.select(model::WarningId(*uuid));
    else if (thing == "earthquake" && state.earthquakes.contains(model::EarthquakeId(*uuid)))
        m_ui.selection.select(model::EarthquakeId(*uuid));
    else if (state.drawings.contains(model::DrawingId(*uuid)))
        m_ui.selection.select(model::DrawingId(*uuid));
    else if (const auto a = state.assignments.find(model::AssignmentId(*uuid));
             thing == "assignment" && a != state.assignments.end())
        m_ui.selection.select(a->second.incident);
    else if (state.incidents.contains(model::IncidentId(*uuid)))
        m_ui.selection.select(model::IncidentId(*uuid)); // its own entries, and notes about it
}

bool DutyLog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_form->list->viewport() && event->type() == QEvent::Paint && m_filtered->rowCount() == 0) {
        QPainter p(m_form->list->viewport());
        p.setFont(m_ui.theme.font(Theme::Text::body));
        p.setPen(m_ui.theme.colours().dim);
        const QString text = m_form->filterEdit->text().isEmpty() ? emptyText() : tr("No entry has these words.");
        p.drawText(m_form->list->viewport()->rect().adjusted(16, 8, -16, -8),
                   Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, text);
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (watched == m_form->list && enter) {
            select(m_form->list->currentIndex());
            return true;
        }
        if (watched == m_form->filterEdit && key->key() == Qt::Key_Escape && !m_form->filterEdit->text().isEmpty()) {
            m_form->filterEdit->clear();
            return true;
        }
        if (watched == m_form->filterEdit && key->key() == Qt::Key_Down) {
            m_form->list->setFocus(Qt::ShortcutFocusReason);
            if (!m_form->list->currentIndex().isValid())
                m_form->list->setCurrentIndex(m_filtered->index(0, 0));
            return true;
        }
        if (watched == m_form->list && !key->text().isEmpty() && key->text().front().isPrint() &&
            (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0) {
            key->ignore(); // the window's letters, not the view's search
            return true;
        }
    }
    return Panel::eventFilter(watched, event);
}

void DutyLog::retranslate() {
    m_form->retranslateUi(this);
    m_model->retranslate();
}

void DutyLog::restyle() {
    m_form->list->viewport()->update();
}

} // namespace tocsin::gui
