#include "gui/tools/draw_form.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <array>
#include <chrono>

namespace tocsin::gui {
namespace {

constexpr int cardWidth = 300;
constexpr std::size_t mostName = 120; ///< characters
constexpr int mostNote = 1000;
constexpr std::array hours{1, 2, 4, 8, 12, 24, 48, 7 * 24};
constexpr int asItIs = -1;
constexpr int always = 0;

} // namespace

DrawForm::DrawForm(const UiContext& ui, model::Drawing drawing, QWidget* parent)
    : FloatCard(ui.theme, parent), m_ui(ui), m_drawing(std::move(drawing)), m_heading(new QLabel(this)),
      m_nameLabel(new QLabel(this)), m_name(new QLineEdit(this)), m_noteLabel(new QLabel(this)),
      m_note(new QPlainTextEdit(this)), m_untilLabel(new QLabel(this)), m_until(new QComboBox(this)),
      m_whomLabel(new QLabel(this)), m_whom(new QComboBox(this)), m_amount(new QDoubleSpinBox(this)), m_hint(new QLabel(this)), m_error(new QLabel(this)), m_keep(new QPushButton(this)),
      m_cancel(new QPushButton(this)) {
    setObjectName(QStringLiteral("drawForm"));
    m_name->setObjectName(QStringLiteral("drawName"));
    m_note->setObjectName(QStringLiteral("drawNote"));
    m_until->setObjectName(QStringLiteral("drawUntil"));
    m_keep->setObjectName(QStringLiteral("drawKeep"));
    m_cancel->setObjectName(QStringLiteral("drawCancel"));
    m_heading->setFont(ui.theme.font(Theme::Text::title));
    m_heading->setWordWrap(true);
    for (QLabel* label : {m_nameLabel, m_noteLabel, m_untilLabel, m_hint}) {
        label->setProperty("role", QStringLiteral("dim"));
        label->setFont(ui.theme.font(Theme::Text::second));
    }
    for (QLabel* label : {m_hint, m_error, m_heading}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->hide();
    m_keep->setProperty("kind", QStringLiteral("primary"));
    m_name->setMaxLength(static_cast<int>(mostName));
    m_note->setFixedHeight(58);
    m_note->setTabChangesFocus(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(4);
    column->addWidget(m_heading);
    column->addSpacing(6);
    column->addWidget(m_nameLabel);
    column->addWidget(m_name);
    column->addSpacing(4);
    column->addWidget(m_noteLabel);
    column->addWidget(m_note);
    column->addSpacing(4);
    column->addWidget(m_untilLabel);
    column->addWidget(m_until);
    column->addSpacing(4);
    column->addWidget(m_whomLabel);
    column->addWidget(m_whom);
    column->addWidget(m_amount);
    m_whom->setObjectName(QStringLiteral("drawWhom"));
    m_amount->setObjectName(QStringLiteral("drawAmount"));
    m_whomLabel->setProperty("role", QStringLiteral("dim"));
    m_whomLabel->setFont(ui.theme.font(Theme::Text::second));
    for (QWidget* only : std::initializer_list<QWidget*>{m_whomLabel, m_whom})
        only->setVisible(m_drawing.kind == model::DrawingKind::closure);
    column->addSpacing(4);
    column->addWidget(m_hint);
    column->addWidget(m_error);
    column->addSpacing(6);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_keep, 1);
    buttons->addWidget(m_cancel);
    column->addLayout(buttons);
    column->addStretch(1);

    m_name->setText(Words::local(m_drawing.name, ui.language));
    m_note->setPlainText(Words::plain(m_drawing.note));
    fillUntil();
    fillWhom();
    m_whom->setCurrentIndex(m_drawing.depthMetres ? 1 : m_drawing.limitTonnes ? 2 : 0);
    shapeAmount();
    if (m_drawing.depthMetres || m_drawing.limitTonnes)
        m_amount->setValue(m_drawing.depthMetres.value_or(m_drawing.limitTonnes.value_or(0)));
    connect(m_whom, &QComboBox::currentIndexChanged, this, [this] {
        shapeAmount();
        emit edited();
    });
    connect(m_keep, &QPushButton::clicked, this, &DrawForm::kept);
    connect(m_name, &QLineEdit::returnPressed, this, &DrawForm::kept);
    connect(m_cancel, &QPushButton::clicked, this, &DrawForm::abandoned);
    connect(this, &FloatCard::escaped, this, &DrawForm::abandoned);
    connect(m_name, &QLineEdit::textChanged, this, &DrawForm::edited);
    retranslate();
}

QSize DrawForm::sizeHint() const {
    return {cardWidth, std::max(layout()->heightForWidth(cardWidth), layout()->minimumSize().height())};
}

void DrawForm::takeFocus() {
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

model::Drawing DrawForm::drawing() const {
    model::Drawing out = m_drawing;
    const QString name = m_name->text().simplified();
    if (name != Words::local(m_drawing.name, m_ui.language)) // left as it was it keeps its other languages
        out.name = name.toStdString();
    if (out.name.empty())
        out.name = m_heading->property("plainName").toString().toStdString();
    out.note = m_note->toPlainText().trimmed().left(mostNote).toStdString();
    const int chosen = m_until->currentData().toInt();
    if (chosen == always)
        out.until.reset();
    else if (chosen != asItIs)
        out.until = m_ui.desk.now() + std::chrono::hours(chosen);
    if (out.kind == model::DrawingKind::closure) {
        const int whom = m_whom->currentIndex();
        out.depthMetres = whom == 1 ? std::optional(m_amount->value()) : std::nullopt;
        out.limitTonnes = whom == 2 ? std::optional(m_amount->value()) : std::nullopt;
    }
    return out;
}

void DrawForm::fillWhom() {
    const int before = std::max(0, m_whom->currentIndex());
    const QSignalBlocker quiet(m_whom);
    m_whom->clear();
    m_whom->addItem(tr("to everybody"));
    m_whom->addItem(tr("flooded: to who cannot ford it"));
    m_whom->addItem(tr("to heavier vehicles"));
    m_whom->setCurrentIndex(before);
}

void DrawForm::shapeAmount() {
    const int whom = m_whom->currentIndex();
    m_amount->setVisible(m_drawing.kind == model::DrawingKind::closure && whom > 0);
    m_amount->setDecimals(whom == 1 ? 2 : 1);
    m_amount->setRange(whom == 1 ? 0.05 : 0.5, whom == 1 ? 20 : 200);
    m_amount->setSingleStep(whom == 1 ? 0.05 : 0.5);
    m_amount->setSuffix(whom == 1 ? tr(" m deep") : tr(" t at most"));
    m_amount->setAccessibleName(whom == 1 ? tr("Depth of the water") : tr("Heaviest that may pass"));
    updateGeometry();
}

void DrawForm::refuse(const QString& sentence) {
    m_error->setText(sentence);
    m_error->show();
    setBusy(false);
    updateGeometry();
}

void DrawForm::setBusy(bool busy) {
    m_keep->setEnabled(!busy && !m_ui.desk.readOnly());
}

void DrawForm::fillUntil() {
    const int before = m_until->count() > 0 ? m_until->currentData().toInt() : m_drawing.until ? asItIs : always;
    const base::Time now = m_ui.desk.now();
    m_until->clear();
    if (m_drawing.until)
        m_until->addItem(tr("as it is: until %1").arg(Words::moment(*m_drawing.until, now, m_ui.language)), asItIs);
    m_until->addItem(tr("until it is removed"), always);
    for (const int each : hours) {
        const QString length =
            each < 48 ? tr("%1 h", "hours from now").arg(each) : tr("%1 d", "days from now").arg(each / 24);
        m_until->addItem(tr("%1 · until %2", "how long, then the moment")
                             .arg(length, Words::moment(now + std::chrono::hours(each), now, m_ui.language)),
                         each);
    }
    m_until->setCurrentIndex(std::max(0, m_until->findData(before)));
}

void DrawForm::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    FloatCard::changeEvent(event);
}

void DrawForm::retranslate() {
    const bool fresh = m_drawing.id.isNull();
    QString plain;
    switch (m_drawing.kind) {
    case model::DrawingKind::area:
        m_heading->setText(fresh ? tr("New area") : tr("Change the area"));
        m_keep->setText(fresh ? tr("Keep this area") : tr("Save this area"));
        plain = tr("Area");
        m_hint->setText({});
        break;
    case model::DrawingKind::closure:
        m_heading->setText(fresh ? tr("Close a road") : tr("Change the closure"));
        m_keep->setText(fresh ? tr("Close this road") : tr("Save this closure"));
        plain = tr("Road closed");
        m_hint->setText(tr("Routes avoid it from this moment."));
        break;
    case model::DrawingKind::pin:
        m_heading->setText(fresh ? tr("New pin") : tr("Change the pin"));
        m_keep->setText(fresh ? tr("Drop pin") : tr("Save this pin"));
        plain = tr("Pin");
        m_hint->setText({});
        break;
    }
    m_hint->setVisible(!m_hint->text().isEmpty());
    m_heading->setProperty("plainName", plain);
    m_name->setPlaceholderText(plain);
    m_nameLabel->setText(tr("Name"));
    m_noteLabel->setText(tr("Note"));
    m_untilLabel->setText(tr("Holds"));
    m_whomLabel->setText(tr("Closed"));
    m_whom->setAccessibleName(m_whomLabel->text());
    fillWhom();
    shapeAmount();
    m_name->setAccessibleName(m_nameLabel->text());
    m_note->setAccessibleName(m_noteLabel->text());
    m_until->setAccessibleName(m_untilLabel->text());
    m_cancel->setText(tr("Discard"));
    setAccessibleName(m_heading->text());
    fillUntil();
    updateGeometry();
}

} // namespace tocsin::gui
