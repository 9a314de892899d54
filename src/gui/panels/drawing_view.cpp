#include "gui/panels/drawing_view.hpp"

#include "gui/panels/detail_parts.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

constexpr int mostNameCharacters = 120;
constexpr int mostNoteCharacters = 2'000;

/// The middle of what was drawn, to look at.
model::Position middleOf(const model::Line& line) {
    geo::Box box;
    for (const auto& point : line)
        box.add(point);
    return box.empty() ? model::Position() : box.centre();
}

void paintSymbol(QPainter& p, const QRectF& box, model::DrawingKind kind, const Palette& c) {
    if (kind == model::DrawingKind::area) {
        p.setPen(QPen(c.text, 1.8, Qt::DashLine));
        p.setBrush(Qt::NoBrush);
        p.drawPolygon(QPolygonF{{box.left() + 3, box.top() + 6},
                                {box.right() - 5, box.top() + 2},
                                {box.right() - 2, box.bottom() - 6},
                                {box.left() + 6, box.bottom() - 2}});
        return;
    }
    Symbols::paintGlyph(p, box, kind == model::DrawingKind::pin ? QStringLiteral("pin") : QStringLiteral("closure"),
                        c.text);
}

} // namespace

DrawingView::DrawingView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_facts(new FactGrid(ui.theme, this)),
      m_crossed(textLabel(ui.theme, this)), m_nameTitle(sectionLabel(ui.theme, this)), m_name(new QLineEdit(this)),
      m_noteTitle(sectionLabel(ui.theme, this)), m_note(new QLineEdit(this)), m_save(new QPushButton(this)),
      m_trouble(textLabel(ui.theme, this)), m_onMap(new QPushButton(this)), m_remove(new QPushButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addWidget(m_crossed);
    auto* go = new QHBoxLayout;
    go->addWidget(m_onMap);
    go->addStretch();
    column->addLayout(go);
    column->addSpacing(8);
    column->addWidget(m_nameTitle);
    column->addWidget(m_name);
    column->addWidget(m_noteTitle);
    column->addWidget(m_note);
    auto* save = new QHBoxLayout;
    save->addWidget(m_save);
    save->addStretch();
    column->addLayout(save);
    column->addWidget(m_trouble);
    column->addSpacing(8);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_remove);
    foot->addStretch();
    column->addLayout(foot);
    column->addStretch();

    m_name->setObjectName(QStringLiteral("drawingNameEdit"));
    m_name->setMaxLength(mostNameCharacters);
    m_note->setObjectName(QStringLiteral("drawingNoteEdit"));
    m_note->setMaxLength(mostNoteCharacters);
    m_save->setObjectName(QStringLiteral("saveDrawingButton"));
    m_onMap->setObjectName(QStringLiteral("showDrawingButton"));
    m_remove->setObjectName(QStringLiteral("removeDrawingButton"));
    m_remove->setProperty("kind", QStringLiteral("quiet"));
    m_trouble->setProperty("role", QStringLiteral("error"));
    m_trouble->hide();
    for (QLineEdit* edit : {m_name, m_note}) {
        connect(edit, &QLineEdit::returnPressed, this, &DrawingView::rename);
        connect(edit, &QLineEdit::textChanged, this, &DrawingView::facts);
    }
    connect(m_save, &QPushButton::clicked, this, &DrawingView::rename);
    connect(m_remove, &QPushButton::clicked, this, &DrawingView::remove);
    connect(m_onMap, &QPushButton::clicked, this, [this] {
        if (const model::Drawing* d = drawing())
            m_ui.selection.show(middleOf(d->line));
    });
}

QString DrawingView::kindWord(model::DrawingKind kind) {
    switch (kind) {
    case model::DrawingKind::area:
        return tr("Area");
    case model::DrawingKind::closure:
        return tr("Closure");
    case model::DrawingKind::pin:
        break;
    }
    return tr("Pin");
}

const model::Drawing* DrawingView::drawing() const {
    const auto& all = m_ui.desk.state().drawings;
    const auto it = all.find(m_drawing);
    return it == all.end() ? nullptr : &it->second;
}

void DrawingView::show(const Selected& what) {
    const auto* id = std::get_if<model::DrawingId>(&what);
    m_drawing = id ? *id : model::DrawingId();
    m_trouble->hide();
    m_nameBefore.clear();
    m_noteBefore.clear();
    {
        const QSignalBlocker quietName(m_name);
        const QSignalBlocker quietNote(m_note);
        m_name->clear();
        m_note->clear();
    }
    words();
}

void DrawingView::take(const Changes& changes) {
    if (changes.all || changes.desk || changes.drawings.contains(m_drawing) || !changes.assignments.empty())
        words();
}

void DrawingView::tick() {
    facts();
}

void DrawingView::words() {
    const model::Drawing* d = drawing();
    if (!d)
        return;
    const QString name = Words::local(d->name, m_ui.language);
    m_nameTitle->setText(tr("Name"));
    m_noteTitle->setText(tr("Note"));
    m_name->setAccessibleName(tr("Name"));
    m_note->setAccessibleName(tr("Note"));
    m_name->setPlaceholderText(tr("Without a name"));
    m_save->setText(tr("Save name and note"));
    m_onMap->setText(tr("Show on the map"));
    const auto refill = [](QLineEdit* edit, QString& before, const QString& now) {
        const QSignalBlocker quiet(edit);
        if (edit->text() == before)
            edit->setText(now);
        before = now;
    };
    refill(m_name, m_nameBefore, name);
    refill(m_note, m_noteBefore, Words::plain(d->note));
    const QString shown = name.isEmpty() ? QString() : Words::quoted(Words::shortened(name, 18));
    switch (d->kind) {
    case model::DrawingKind::area:
        m_remove->setText(shown.isEmpty() ? tr("Remove area") : tr("Remove area %1").arg(shown));
        break;
    case model::DrawingKind::closure:
        m_remove->setText(shown.isEmpty() ? tr("Lift closure") : tr("Lift closure %1").arg(shown));
        break;
    case model::DrawingKind::pin:
        m_remove->setText(shown.isEmpty() ? tr("Remove pin") : tr("Remove pin %1").arg(shown));
        break;
    }
    facts();
}

void DrawingView::facts() {
    const model::Drawing* d = drawing();
    if (!d)
        return;
    const base::Time now = m_ui.desk.now();
    const QString kind = kindWord(d->kind);
    const QString name = Words::local(d->name, m_ui.language);
    QString standing = tr("in force");
    if (d->removedAt)
        standing = tr("removed");
    else if (!model::holds(*d, now))
        standing = tr("its time is over");
    m_title->set(name.isEmpty() ? kind : name,
                 d->kind == model::DrawingKind::pin && !d->removedAt ? kind : kind + QStringLiteral(" · ") + standing,
                 [kindOf = d->kind, c = m_ui.theme.colours()](QPainter& p, const QRectF& box) {
                     paintSymbol(p, box, kindOf, c);
                 });
    const bool isPoint = d->line.size() == 1;
    const bool isRing = model::isRing(d->line);
    QString extent;
    if (isRing) {
        const double squareMetres = geo::area(d->line).value;
        extent = squareMetres < 1e5 ? tr("%1 ha").arg(Words::number(squareMetres / 1e4, 2))
                                    : tr("%1 km²").arg(Words::number(squareMetres / 1e6, squareMetres < 1e8 ? 2 : 0));
    }
    const double metres = geo::length(d->line).value;
    QString length;
    if (!isPoint)
        length =
            metres < 1000 ? tr("%1 m").arg(Words::number(metres, 0)) : tr("%1 km").arg(Words::number(metres / 1000, 1));
    m_facts->set({{tr("Drawn by"), Words::plain(d->by)},
                  {tr("Drawn"), Words::moment(d->drawnAt, now, m_ui.language)},
                  {tr("Holds until"), d->until ? Words::moment(*d->until, now, m_ui.language) : tr("it is removed")},
                  {tr("Removed"), d->removedAt ? Words::moment(*d->removedAt, now, m_ui.language) : QString()},
                  {tr("Extent"), extent},
                  {isRing ? tr("Perimeter") : tr("Length"), length},
                  {tr("Position"), isPoint ? Words::position(d->line.front()) : QString()},
                  {tr("Note"), d->removedAt ? Words::plain(d->note) : QString(), true}});

    QStringList teams;
    if (d->kind == model::DrawingKind::closure && model::holds(*d, now)) {
        const auto& state = m_ui.desk.state();
        for (const auto& [id, assignment] : state.assignments) {
            const auto resource = state.resources.find(assignment.resource);
            if (resource != state.resources.end() &&
                dispatch::crossesClosure(assignment, {{d->id, *d}}, now, &resource->second, &m_ui.desk.profiles()))
                teams << Words::local(resource->second.name, m_ui.language);
        }
    }
    setOrHide(m_crossed, teams.isEmpty() ? QString() : tr("Lies on the way of: %1").arg(teams.join(tr(", "))));

    const bool canWrite = !d->removedAt && !m_ui.desk.readOnly();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_nameTitle, m_name, m_noteTitle, m_note, m_save, m_remove})
        widget->setVisible(!d->removedAt);
    m_name->setReadOnly(!canWrite);
    m_note->setReadOnly(!canWrite);
    m_remove->setEnabled(canWrite);
    m_save->setEnabled(
        canWrite && (m_name->text().trimmed() != name || m_note->text().trimmed() != Words::plain(d->note).trimmed()));
}

void DrawingView::rename() {
    const model::Drawing* d = drawing();
    if (!d || !m_save->isEnabled())
        return;
    desk::PutDrawing put{*d};
    if (m_name->text().trimmed() != Words::local(d->name, m_ui.language))
        put.drawing.name = base::LocalText(m_name->text().trimmed().toStdString());
    put.drawing.note = m_note->text().trimmed().toStdString();
    m_ui.desk.send(std::move(put), this, [this, about = m_drawing](const base::Result<desk::Done>& done) {
        if (about == m_drawing)
            setOrHide(m_trouble, done ? QString() : Words::refusal(done.error()));
    });
}

void DrawingView::remove() {
    if (const model::Drawing* d = drawing(); d && !m_ui.desk.readOnly()) {
        m_remove->setEnabled(false);
        m_ui.desk.send(desk::RemoveDrawing{d->id}, this,
                       [this, about = m_drawing](const base::Result<desk::Done>& done) {
                           if (about != m_drawing)
                               return;
                           setOrHide(m_trouble, done ? QString() : Words::refusal(done.error()));
                           facts();
                       });
    }
}

} // namespace tocsin::gui
