#include "gui/tools/draw_board.hpp"

#include "gui/tools/draw_form.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QLineF>
#include <QMenu>
#include <algorithm>

namespace tocsin::gui {
namespace {

constexpr int noticeMs = 10'000;

QString glyphOf(model::DrawingKind kind) {
    switch (kind) {
    case model::DrawingKind::area:
        return QStringLiteral("area");
    case model::DrawingKind::closure:
        return QStringLiteral("closure");
    case model::DrawingKind::pin:
        break;
    }
    return QStringLiteral("pin");
}

double toSegment(const QPointF& p, const QPointF& a, const QPointF& b) {
    const QPointF d = b - a;
    const double square = QPointF::dotProduct(d, d);
    const double t = square > 0 ? std::clamp(QPointF::dotProduct(p - a, d) / square, 0.0, 1.0) : 0;
    return QLineF(p, a + d * t).length();
}

} // namespace

DrawBoard::DrawBoard(const UiContext& ui, MapView& view, FloatBoard& board, QObject* parent)
    : QObject(parent), m_ui(ui), m_view(view), m_alive(&view), m_board(board), m_tool(ui.theme) {
    m_noticeLife.setSingleShot(true);
    connect(&m_noticeLife, &QTimer::timeout, this, [this] { delete m_notice; });
    connect(&m_tool, &PointTool::changed, this, &DrawBoard::hint);
    connect(&m_tool, &PointTool::finished, this, &DrawBoard::ask);
    connect(&m_tool, &PointTool::left, this, &DrawBoard::leave);
}

DrawBoard::~DrawBoard() {
    if (m_alive && m_view.tool() == &m_tool)
        m_view.setTool(nullptr);
    delete m_bar;
    delete m_form;
    delete m_notice;
}

bool DrawBoard::mayChange() const {
    return !m_ui.desk.readOnly() && !m_view.isPast();
}

void DrawBoard::draw(model::DrawingKind kind) {
    leave();
    if (!mayChange()) {
        emit said(m_view.isPast() ? tr("Nothing can be drawn on the past: go back to now first.")
                                  : tr("The desk is read-only: nothing can be drawn."));
        return;
    }
    m_draft = {};
    m_draft.kind = kind;
    m_tool.setKind(kind);
    m_bar = new FootBar(m_ui.theme, glyphOf(kind), &m_view);
    m_bar->setObjectName(QStringLiteral("drawBar"));
    connect(m_bar, &FloatCard::escaped, this, &DrawBoard::leave);
    m_board.addFoot(m_bar);
    m_view.setTool(&m_tool);
    m_tool.start({}, false);
    hint();
    m_bar->show();
}

void DrawBoard::drawAt(model::DrawingKind kind, const model::Line& line) {
    draw(kind);
    if (m_view.tool() != &m_tool)
        return;
    m_tool.take(kind, line);
    ask();
}

void DrawBoard::change(const model::DrawingId& id) {
    const auto& all = m_ui.desk.state().drawings;
    const auto known = all.find(id);
    if (known == all.end() || known->second.removedAt)
        return;
    const model::Drawing drawing = known->second;
    draw(drawing.kind);
    if (m_view.tool() != &m_tool)
        return;
    m_draft = drawing;
    m_tool.take(drawing.kind, drawing.line);
    ask();
}

void DrawBoard::ask() {
    m_draft.line = m_tool.line();
    m_form = new DrawForm(m_ui, m_draft, &m_view);
    connect(m_form, &DrawForm::kept, this, &DrawBoard::send);
    connect(m_form, &DrawForm::abandoned, this, &DrawBoard::leave);
    m_board.addAt(m_form, [this] {
        QPolygonF shape;
        for (const model::Position& p : m_tool.points())
            shape << m_view.toScreen(p);
        const QRectF box = shape.boundingRect().intersected(QRectF(m_view.rect()));
        return QPointF(box.right(), box.center().y());
    });
    m_form->show();
    m_form->takeFocus();
    hint();
}

void DrawBoard::send() {
    if (!m_form || !mayChange())
        return;
    model::Drawing drawing = m_form->drawing();
    drawing.line = m_tool.line();
    m_form->setBusy(true);
    const bool fresh = drawing.id.isNull();
    const auto before = m_ui.desk.state().drawings.find(drawing.id);
    const model::Drawing old = before == m_ui.desk.state().drawings.end() ? model::Drawing{} : before->second;
    m_ui.desk.send(desk::PutDrawing{drawing}, this, [this, drawing, fresh, old](const base::Result<desk::Done>& done) {
        if (!done) {
            if (m_form)
                m_form->refuse(Words::refusal(done.error()));
            else
                emit said(Words::refusal(done.error()));
            return;
        }
        auto id = drawing.id;
        if (fresh && !done->ids.empty())
            if (const auto made = model::DrawingId::parse(done->ids.front()))
                id = *made;
        leave();
        if (!id.isNull())
            m_ui.selection.select(id);
        const QString name = Words::quoted(Words::local(drawing.name, m_ui.language));
        const auto undo = [this, id, fresh, old] {
            if (fresh && !id.isNull())
                m_ui.desk.send(desk::RemoveDrawing{id}, this);
            else if (!fresh)
                m_ui.desk.send(desk::PutDrawing{old}, this);
        };
        if (drawing.kind == model::DrawingKind::closure)
            notice(tr("%1 is closed: routes now avoid it.").arg(name), undo);
        else if (fresh)
            notice(tr("%1 is on the map.").arg(name), undo);
        else
            notice(tr("%1 is changed.").arg(name), undo);
    });
}

void DrawBoard::remove(const model::DrawingId& id) {
    const auto& all = m_ui.desk.state().drawings;
    const auto known = all.find(id);
    if (known == all.end() || !mayChange())
        return;
    const model::Drawing drawing = known->second;
    m_ui.desk.send(desk::RemoveDrawing{id}, this, [this, drawing](const base::Result<desk::Done>& done) {
        if (!done) {
            emit said(Words::refusal(done.error()));
            return;
        }
        if (const auto* selected = m_ui.selection.as<model::DrawingId>();
            selected != nullptr && *selected == drawing.id)
            m_ui.selection.clear();
        const QString name = Words::quoted(Words::local(drawing.name, m_ui.language));
        notice(drawing.kind == model::DrawingKind::closure ? tr("%1 is open again: routes may use it.").arg(name)
                                                           : tr("%1 is removed.").arg(name),
               [this, drawing] {
                   model::Drawing again = drawing;
                   again.removedAt.reset();
                   m_ui.desk.send(desk::PutDrawing{again}, this);
               });
    });
}

void DrawBoard::leave() {
    if (m_view.tool() == &m_tool)
        m_view.setTool(nullptr);
    const bool focused = m_form && m_form->isAncestorOf(m_form->window()->focusWidget());
    if (m_form) {
        m_form->hide();
        m_form->deleteLater(); // it may be the one that asks for this
        m_form = nullptr;
    }
    if (m_bar) {
        m_bar->hide();
        m_bar->deleteLater();
        m_bar = nullptr;
    }
    if (focused)
        m_view.setFocus(Qt::OtherFocusReason);
}

void DrawBoard::hint() {
    if (!m_bar || !m_tool.isActive())
        return;
    const std::size_t count = m_tool.points().size();
    QString main;
    QString what;
    switch (m_tool.kind()) {
    case model::DrawingKind::area:
        main = tr("Draw an area");
        what = count < 3 ? tr("Click its corners, or Space for the map's middle")
                         : tr("Enter or the first point ends · Backspace takes one back");
        break;
    case model::DrawingKind::closure:
        main = tr("Close a road");
        what = count == 0   ? tr("Click on the road, or Space for the map's middle")
               : count == 1 ? tr("Enter closes the road here · more clicks draw a line or a ring")
                            : tr("Enter ends · the first point makes a ring · Backspace takes one back");
        break;
    case model::DrawingKind::pin:
        main = tr("Drop a pin");
        what = tr("Click where it belongs, or Space for the map's middle");
        break;
    }
    if (m_tool.isFinished())
        what = count == 1 ? tr("The point can still be dragged")
                          : tr("Points can still be dragged · a side's middle makes a new one");
    m_bar->setWords(main, {}, what);
    m_bar->cross().say(tr("Draw nothing"), tr("Esc"));
}

void DrawBoard::notice(const QString& sentence, std::function<void()> undo) {
    delete m_notice;
    m_undo = std::move(undo);
    m_notice = new FootBar(m_ui.theme, QStringLiteral("check"), &m_view);
    m_notice->setObjectName(QStringLiteral("drawNotice"));
    m_notice->setWords({}, sentence, {});
    m_notice->cross().say(tr("Close"));
    QPushButton* back = m_notice->addButton();
    back->setObjectName(QStringLiteral("undoDrawing"));
    back->setText(tr("Undo"));
    const auto end = [this] {
        if (m_notice) {
            m_notice->hide();
            m_notice->deleteLater();
            m_notice = nullptr;
        }
    };
    connect(back, &QPushButton::clicked, this, [this, end] {
        if (m_undo)
            m_undo();
        end();
    });
    connect(m_notice, &FloatCard::escaped, this, end);
    m_board.addFoot(m_notice);
    m_notice->show();
    m_noticeLife.start(noticeMs);
}

void DrawBoard::retranslate() {
    hint();
    delete m_notice; // what it said is done; the next one speaks the new language
}

// ---- what is drawn already

QString DrawBoard::nameOf(const model::DrawingId& id) const {
    const auto known = m_ui.desk.state().drawings.find(id);
    return known == m_ui.desk.state().drawings.end() ? QString() : Words::local(known->second.name, m_ui.language);
}

std::vector<model::DrawingId> DrawBoard::at(const model::Position& position) const {
    const QPointF here = m_view.toScreen(position);
    std::vector<std::pair<double, model::DrawingId>> found; // by size, so that a pin in an area comes first
    for (const auto& [id, drawing] : m_ui.desk.state().drawings) {
        if (!model::holds(drawing, m_ui.desk.now()) || drawing.line.empty())
            continue;
        QPolygonF shape;
        for (const model::Position& p : drawing.line)
            shape << m_view.toScreen(p);
        double far = QLineF(here, shape.front()).length();
        for (qsizetype i = 1; i < shape.size(); ++i)
            far = std::min(far, toSegment(here, shape[i - 1], shape[i]));
        const bool inside = model::isRing(drawing.line) && geo::contains(drawing.line, position);
        if (inside || far < (drawing.line.size() == 1 ? 18 : 10))
            found.emplace_back(drawing.line.size() == 1 ? 0 : shape.boundingRect().width(), id);
    }
    std::sort(found.begin(), found.end());
    std::vector<model::DrawingId> ids;
    for (const auto& each : found)
        ids.push_back(each.second);
    return ids;
}

void DrawBoard::fillMenu(QMenu& menu, const model::Position& position) {
    constexpr std::size_t most = 3;
    const auto ids = at(position);
    for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) {
        const model::DrawingId id = ids[i];
        const QString name = Words::quoted(Words::shortened(nameOf(id), 30));
        QAction* edit = menu.addAction(tr("Change %1 …").arg(name));
        edit->setObjectName(QStringLiteral("changeDrawing"));
        connect(edit, &QAction::triggered, this, [this, id] { change(id); });
        const auto known = m_ui.desk.state().drawings.find(id);
        const bool closure = known->second.kind == model::DrawingKind::closure;
        QAction* off = menu.addAction(closure ? tr("Open %1 again").arg(name) : tr("Remove %1").arg(name));
        off->setObjectName(QStringLiteral("removeDrawing"));
        connect(off, &QAction::triggered, this, [this, id] { remove(id); });
        edit->setEnabled(mayChange());
        off->setEnabled(mayChange());
    }
}

} // namespace tocsin::gui
