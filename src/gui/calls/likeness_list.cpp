#include "gui/calls/likeness_list.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/tools/measures.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <type_traits>

namespace tocsin::gui {
namespace {

/// What the desk knows of a candidate, for its row.
struct Face {
    QString name;
    QString kind;
    base::Time time;
    std::optional<model::Grade> grade;
    QString glyph;
    bool verified{false};
};

std::optional<Face> faceOf(const UiContext& ui, const SameThing& thing) {
    const model::State& state = ui.desk.state();
    Face face;
    if (const auto* incident = std::get_if<model::IncidentId>(&thing)) {
        const auto found = state.incidents.find(*incident);
        if (found == state.incidents.end())
            return std::nullopt;
        const model::Incident& i = found->second;
        face.name = Words::plain(i.number) + QLatin1Char(' ') + Words::local(i.title, ui.language);
        face.kind = LikenessList::tr("incident");
        face.time = i.openedAt;
        face.grade = i.grade;
        face.glyph = Symbols::forHazard(i.hazard, i.hazardClass);
    } else if (const auto* report = std::get_if<model::ReportId>(&thing)) {
        const auto found = state.reports.find(*report);
        if (found == state.reports.end())
            return std::nullopt;
        const model::Report& r = found->second;
        face.name = Words::quoted(Words::shortened(Words::plain(r.text).simplified(), 120));
        face.kind = LikenessList::tr("report, %1").arg(Words::reportState(r.state));
        face.time = r.happenedAt;
        face.verified = r.state == model::ReportState::verified;
    } else if (const auto* alarm = std::get_if<model::AlarmId>(&thing)) {
        const auto found = state.alarms.find(*alarm);
        if (found == state.alarms.end())
            return std::nullopt;
        face.name = Words::local(found->second.title, ui.language);
        face.kind = LikenessList::tr("alarm");
        face.time = found->second.raisedAt;
        face.grade = found->second.severity;
    }
    return face;
}

} // namespace

QString nameOf(const UiContext& ui, const SameThing& thing) {
    const auto face = faceOf(ui, thing);
    return face ? face->name : QString();
}

/// One candidate: its symbol, its name, below it where and when, then what else both have; a tick once it is the same.
class LikenessList::Row : public QAbstractButton {
  public:
    Row(const UiContext& ui, QWidget* parent) : QAbstractButton(parent), m_ui(ui) {
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
        setFixedHeight(68);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    }
    void set(Face face, QString why) {
        m_face = std::move(face);
        m_why = std::move(why);
        setText(m_face.name);
        setToolTip(m_face.name + QLatin1Char('\n') + m_why);
        setAccessibleName(isChecked() ? LikenessList::tr("The same as %1: %2").arg(m_face.name, m_why)
                                      : LikenessList::tr("Perhaps %1: %2").arg(m_face.name, m_why));
        update();
    }
    std::function<void(int by)> step;

  protected:
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            if (event->modifiers().testFlag(Qt::ControlModifier))
                return QAbstractButton::keyPressEvent(event);
            click();
        } else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
            step(event->key() == Qt::Key_Up ? -1 : 1);
        } else {
            QAbstractButton::keyPressEvent(event);
        }
    }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Palette& c = m_ui.theme.colours();
        const QRectF plate = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -3.5);
        painter.setPen(QPen(hasFocus() || isChecked() ? c.accent : c.line, hasFocus() ? 1.6 : 1));
        painter.setBrush(isChecked() ? c.selectedRow : underMouse() ? c.raised : c.panel);
        painter.drawRoundedRect(plate, 5, 5);
        const QRectF symbol(10, 10, 20, 20);
        if (isChecked())
            Symbols::paintGlyph(painter, symbol, QStringLiteral("check"), c.accent);
        else if (m_face.grade && !m_face.glyph.isEmpty())
            Symbols::paintIncident(painter, symbol, *m_face.grade, m_face.glyph, m_ui.theme);
        else if (m_face.grade)
            Symbols::paintSeverity(painter, symbol, *m_face.grade, m_ui.theme);
        else
            Symbols::paintReport(painter, symbol, m_face.verified, c.text, Qt::transparent);
        const int left = 40;
        const int room = width() - left - 10;
        painter.setPen(c.text);
        painter.setFont(m_ui.theme.font(Theme::Text::bodyBold));
        painter.drawText(QRect(left, 6, room, 20), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_face.name, Qt::ElideRight, room));
        painter.setPen(c.dim);
        painter.setFont(m_ui.theme.font(Theme::Text::second));
        const QStringList lines = m_why.split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size(); ++i)
            painter.drawText(QRect(left, 26 + 17 * static_cast<int>(i), room, 17), Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(lines[i], Qt::ElideRight, room));
    }

  private:
    UiContext m_ui;
    Face m_face;
    QString m_why;
};

LikenessList::LikenessList(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_none(textLabel(ui.theme, this, true)) {
    setObjectName(QStringLiteral("callSameList"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    column->addWidget(m_none);
    for (std::size_t i = 0; i < most; ++i) {
        auto* row = new Row(ui, this);
        row->setObjectName(QStringLiteral("callSame") + QString::number(i));
        row->step = [this, i](int by) { step(i, by); };
        row->hide();
        connect(row, &QAbstractButton::clicked, this, [this, i] { toggle(i); });
        column->addWidget(row);
        m_rows.push_back(row);
    }
}

void LikenessList::show(std::vector<desk::Likeness> found) {
    const bool inUse =
        std::any_of(m_rows.begin(), m_rows.end(), [](const Row* row) { return row->hasFocus() || row->underMouse(); });
    if (inUse && !m_shown.empty())
        return;
    if (found.size() > most)
        found.resize(most);
    // What was said to be the same stays, whatever is typed after.
    if (m_same && std::none_of(found.begin(), found.end(), [&](const auto& like) { return like.what == *m_same; })) {
        desk::Likeness kept;
        kept.what = *m_same;
        for (const auto& like : m_shown) {
            if (like.what == *m_same)
                kept = like;
        }
        found.resize(std::min(found.size(), most - 1));
        found.insert(found.begin(), std::move(kept));
    }
    m_shown = std::move(found);
    refresh();
}

QString LikenessList::reasons(const desk::Likeness& like) const {
    const auto face = faceOf(m_ui, like.what);
    QStringList out{face ? face->kind : QString()};
    if (like.distance)
        out << tr("%1 away").arg(Measures::distance(*like.distance));
    else if (like.samePlaceName)
        out << tr("same name of the place");
    if (face)
        out << Words::ago(m_ui.desk.now() - face->time);
    const QString facts = out.join(QStringLiteral(" · "));
    out.clear();
    if (like.sameCategory)
        out << tr("same category");
    if (!like.shared.empty()) {
        QStringList words;
        for (const std::string& word : like.shared)
            words << Words::plain(word);
        out << tr("in common: %1").arg(words.join(tr(", ")));
    }
    return out.isEmpty() ? facts : facts + QLatin1Char('\n') + out.join(QStringLiteral(" · "));
}

void LikenessList::refresh() {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto face = i < m_shown.size() ? faceOf(m_ui, m_shown[i].what) : std::nullopt;
        m_rows[i]->setVisible(face.has_value());
        if (!face)
            continue;
        m_rows[i]->setChecked(m_same && *m_same == m_shown[i].what);
        m_rows[i]->set(*face, reasons(m_shown[i]));
    }
    m_none->setVisible(m_shown.empty());
}

void LikenessList::toggle(std::size_t index) {
    if (index >= m_shown.size())
        return;
    const bool was = m_same && *m_same == m_shown[index].what;
    m_same = was ? std::nullopt : std::optional<SameThing>(m_shown[index].what);
    refresh();
    emit sameChanged();
}

void LikenessList::step(std::size_t from, int by) {
    const auto to = static_cast<std::ptrdiff_t>(from) + by;
    if (to >= 0 && to < static_cast<std::ptrdiff_t>(m_shown.size()))
        m_rows[static_cast<std::size_t>(to)]->setFocus(Qt::TabFocusReason);
}

void LikenessList::setSame(const std::optional<SameThing>& thing) {
    m_same = thing;
    refresh();
}

void LikenessList::focusFirst() {
    if (!m_shown.empty())
        m_rows.front()->setFocus(Qt::ShortcutFocusReason);
}

void LikenessList::words() {
    m_none->setText(tr("Nothing like it yet. What the desk has already and may be the same stands here as you type."));
    refresh();
}

} // namespace tocsin::gui
