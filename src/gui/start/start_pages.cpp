#include "gui/start/start_card.hpp"
#include "tocsin/gui/start/start_window.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

// How the first window looks and what it says.
namespace tocsin::gui {

namespace {

void dress(QWidget* widget, const char* name, const char* value) {
    widget->setProperty(name, QString::fromLatin1(value));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QLabel* label(QWidget* parent, const char* role = nullptr) {
    auto* made = new QLabel(parent);
    made->setWordWrap(true);
    made->setTextFormat(Qt::PlainText);
    if (role != nullptr)
        dress(made, "role", role);
    return made;
}

} // namespace

QWidget* StartWindow::makeChoicePage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);

    auto* top = new QHBoxLayout;
    auto* logo = new QLabel(page);
    logo->setObjectName(QStringLiteral("startLogo"));
    logo->setFixedSize(28, 28);
    m_heading = label(page);
    m_heading->setWordWrap(false);
    m_tongue = new QPushButton(page);
    m_look = new QPushButton(page);
    for (QPushButton* button : {m_tongue, m_look})
        dress(button, "kind", "quiet");
    m_tongue->setObjectName(QStringLiteral("startLanguage"));
    top->addWidget(logo);
    top->addSpacing(4);
    top->addWidget(m_heading, 1);
    top->addWidget(m_tongue);
    top->addWidget(m_look);
    column->addLayout(top);
    m_where = label(page, "dim");
    column->addWidget(m_where);
    column->addSpacing(4);

    auto* cards = new QHBoxLayout;
    cards->setSpacing(12);
    m_demo = new StartCard(m_theme, QStringLiteral("play"), page);
    m_own = new StartCard(m_theme, QStringLiteral("locate"), page);
    m_demo->setObjectName(QStringLiteral("startDemo"));
    m_own->setObjectName(QStringLiteral("startOwn"));
    cards->addWidget(m_demo);
    cards->addWidget(m_own);
    column->addLayout(cards);
    m_fields = makeOwnFields();
    column->addWidget(m_fields);
    column->addStretch(1);

    auto* wrong = new QHBoxLayout;
    m_error = label(page, "error");
    m_error->setObjectName(QStringLiteral("startError"));
    m_another = new QPushButton(page);
    m_another->setObjectName(QStringLiteral("startAnother"));
    wrong->addWidget(m_error, 1);
    wrong->addWidget(m_another, 0, Qt::AlignTop);
    column->addLayout(wrong);
    auto* buttons = new QHBoxLayout;
    m_leave = new QPushButton(page);
    dress(m_leave, "kind", "quiet");
    m_act = new QPushButton(page);
    m_act->setObjectName(QStringLiteral("startAct"));
    dress(m_act, "kind", "primary");
    buttons->addWidget(m_leave);
    buttons->addStretch(1);
    buttons->addWidget(m_act);
    column->addLayout(buttons);

    for (StartCard* card : {m_demo, m_own}) {
        connect(card, &QAbstractButton::toggled, this, [this] {
            m_failed.reset();
            refresh();
        });
    }
    connect(m_act, &QPushButton::clicked, this, &StartWindow::start);
    connect(m_leave, &QPushButton::clicked, this, &QWidget::close);
    connect(m_another, &QPushButton::clicked, m_chooseExtract, &QPushButton::click);
    connect(m_tongue, &QPushButton::clicked, this, [this] { m_language.toggle(); });
    connect(m_look, &QPushButton::clicked, this, [this] {
        m_theme.setLook(m_theme.look() == Theme::Look::dark ? Theme::Look::light : Theme::Look::dark);
    });
    return page;
}

QLineEdit* StartWindow::addFile(QWidget* parent, QLabel*& name, QPushButton*& button, bool optional) {
    auto* grid = static_cast<QGridLayout*>(parent->layout());
    const int row = grid->rowCount();
    name = label(parent, optional ? "dim" : nullptr);
    name->setWordWrap(false);
    auto* field = new QLineEdit(parent);
    button = new QPushButton(parent);
    grid->addWidget(name, row, 0);
    grid->addWidget(field, row, 1);
    grid->addWidget(button, row, 2);
    connect(field, &QLineEdit::textChanged, this, [this] {
        m_failed.reset();
        refresh();
    });
    connect(field, &QLineEdit::returnPressed, this, &StartWindow::start);
    return field;
}

QWidget* StartWindow::makeOwnFields() {
    auto* fields = new QWidget(this);
    auto* grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 8, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(10);
    grid->setColumnStretch(1, 1);
    m_extract = addFile(fields, m_extractLabel, m_chooseExtract, false);
    m_extract->setObjectName(QStringLiteral("startExtract"));
    m_extractHint = label(fields, "dim");
    grid->addWidget(m_extractHint, grid->rowCount(), 1, 1, 2);
    m_nameLabel = label(fields, "dim");
    m_nameLabel->setWordWrap(false);
    auto* names = new QHBoxLayout;
    names->setSpacing(8);
    m_english = new QLineEdit(fields);
    m_chinese = new QLineEdit(fields);
    for (QLineEdit* name : {m_english, m_chinese}) {
        names->addWidget(name);
        connect(name, &QLineEdit::textChanged, this, &StartWindow::refresh);
        connect(name, &QLineEdit::returnPressed, this, &StartWindow::start);
    }
    const int row = grid->rowCount();
    grid->addWidget(m_nameLabel, row, 0);
    grid->addLayout(names, row, 1, 1, 2);
    m_heights = addFile(fields, m_heightsLabel, m_chooseHeights, true);
    m_borders = addFile(fields, m_bordersLabel, m_chooseBorders, true);
    const QString every = QStringLiteral(";;* (*)");
    connect(m_chooseExtract, &QPushButton::clicked, this, [this, every] {
        chooseFile(m_extract, tr("OpenStreetMap extract"),
                   tr("OpenStreetMap extracts") + QStringLiteral(" (*.osm.pbf *.pbf *.osm *.osm.gz *.osm.bz2 *.xml)") +
                       every);
    });
    connect(m_chooseHeights, &QPushButton::clicked, this, [this, every] {
        chooseFile(m_heights, tr("Heights"), tr("Heights") + QStringLiteral(" (*.tif *.tiff *.hgt *.zip)") + every);
    });
    connect(m_chooseBorders, &QPushButton::clicked, this, [this, every] {
        chooseFile(m_borders, tr("Township boundaries"),
                   tr("Township boundaries") + QStringLiteral(" (*.gpkg *.geojson *.json *.shp *.kml *.gz)") + every);
    });
    return fields;
}

QWidget* StartWindow::makeWorkPage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);
    m_workTitle = label(page);
    m_stage = label(page, "dim");
    m_stage->setObjectName(QStringLiteral("startStage"));
    m_bar = new QProgressBar(page);
    m_bar->setObjectName(QStringLiteral("startBar"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_cancel = new QPushButton(page);
    m_cancel->setObjectName(QStringLiteral("startCancel"));
    m_open = new QPushButton(page);
    m_open->setObjectName(QStringLiteral("startOpen"));
    dress(m_open, "kind", "primary");
    column->addStretch(2);
    column->addWidget(m_workTitle);
    column->addWidget(m_bar);
    column->addWidget(m_stage);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_open);
    column->addSpacing(8);
    column->addLayout(buttons);
    column->addStretch(3);
    connect(m_cancel, &QPushButton::clicked, this, &StartWindow::cancel);
    connect(m_open, &QPushButton::clicked, this, &StartWindow::made);
    return page;
}

QString StartWindow::stageWords(const std::string& stage) {
    static const char* const known[] = {
        QT_TR_NOOP("Reading the extract"),       QT_TR_NOOP("Building the road network"),
        QT_TR_NOOP("Writing the map"),           QT_TR_NOOP("Writing the road network"),
        QT_TR_NOOP("Indexing names"),            QT_TR_NOOP("Taking the heights"),
        QT_TR_NOOP("Taking the boundaries"),     QT_TR_NOOP("Done"),
    };
    for (const char* words : known) {
        if (stage == words)
            return tr(words);
    }
    return stage.empty() ? tr("Beginning …") : QString::fromStdString(stage);
}

void StartWindow::retranslate() {
    const bool dark = m_theme.look() == Theme::Look::dark;
    const Palette& p = m_theme.colours();
    setWindowTitle(tr("Tocsin"));
    findChild<QLabel*>(QStringLiteral("startLogo"))
        ->setPixmap(Symbols::glyph(QStringLiteral("logo"), 28, p.accent, devicePixelRatioF()));
    m_heading->setFont(m_theme.font(Theme::Text::title));
    m_heading->setText(tr("Which county is this desk for?"));
    m_where->setText(tr("There is none yet in %1. It will be kept there, with all that happens in it.").arg(m_folder));
    m_tongue->setText(m_language.code() == QLatin1String("zh_CN") ? QStringLiteral("English") : QStringLiteral("中文"));
    m_look->setText(dark ? tr("Light look") : tr("Dark look"));
    m_demo->setWords(tr("Look around first"), tr("The demo county: Liechtenstein with invented teams, gauges and a "
                                                 "flood to practise on. Everything in it is an exercise."));
    m_own->setWords(tr("My own county"), tr("From a free OpenStreetMap extract: map, roads, names, fire stations, "
                                            "hospitals, shelters. For real work."));
    m_extractLabel->setText(tr("Extract"));
    m_extractHint->setText(
        tr("Free extracts: download.geofabrik.de (.osm.pbf). .osm, .osm.gz and .osm.bz2 do, too."));
    m_nameLabel->setText(tr("Name"));
    m_english->setPlaceholderText(tr("In English, or empty: as the map has it"));
    m_chinese->setPlaceholderText(tr("In Chinese"));
    m_english->setAccessibleName(tr("The county's name in English"));
    m_chinese->setAccessibleName(tr("The county's name in Chinese"));
    m_heightsLabel->setText(tr("Heights"));
    m_heights->setPlaceholderText(tr("Optional: GeoTIFF or HGT, for shaded relief and contours"));
    m_bordersLabel->setText(tr("Townships"));
    m_borders->setPlaceholderText(tr("Optional: boundaries as GeoPackage, GeoJSON, Shapefile or KML"));
    m_extract->setAccessibleName(tr("OpenStreetMap extract"));
    m_heights->setAccessibleName(m_heights->placeholderText());
    m_borders->setAccessibleName(m_borders->placeholderText());
    for (QPushButton* button : {m_chooseExtract, m_chooseHeights, m_chooseBorders})
        button->setText(tr("Choose …"));
    m_chooseExtract->setAccessibleName(tr("Choose the extract"));
    m_chooseHeights->setAccessibleName(tr("Choose the heights"));
    m_chooseBorders->setAccessibleName(tr("Choose the boundaries"));
    m_another->setText(tr("Choose another file"));
    m_leave->setText(tr("Not now"));
    m_cancel->setText(tr("Cancel, and keep nothing"));
    m_open->setText(tr("Open the desk"));
    m_workTitle->setFont(m_theme.font(Theme::Text::title));
    m_bar->setAccessibleName(tr("Progress"));
    refresh();
}

void StartWindow::refresh() {
    const StartChoice wanted = choice();
    m_fields->setVisible(!wanted.demo);
    const QString file = QFileInfo(QString::fromStdString(wanted.extract.string())).fileName();
    const QString name = QString::fromStdString(wanted.name.in(m_language.code().toStdString()));
    if (wanted.demo)
        m_act->setText(tr("Make the demo county"));
    else if (name.isEmpty())
        m_act->setText(file.isEmpty() ? tr("Make the county") : tr("Make the county from %1").arg(file));
    else
        m_act->setText(tr("Make %1", "county's name").arg(name));
    m_act->setEnabled(!m_working && (wanted.demo || !wanted.extract.empty()));
    m_act->setToolTip(m_act->isEnabled() ? QString() : tr("Choose an extract first"));
    m_error->setVisible(m_failed.has_value());
    m_another->setVisible(m_failed.has_value() && !wanted.demo);
    if (m_failed)
        m_error->setText(tr("No county was made: %1").arg(QString::fromStdString(m_failed->message)));
    if (m_made)
        m_workTitle->setText(tr("The county stands, but not all of it was taken"));
    else
        m_workTitle->setText(wanted.demo     ? tr("Making the demo county")
                             : name.isEmpty() ? tr("Making the county")
                                              : tr("Making %1", "county's name").arg(name));
    const double fraction = std::isfinite(m_progress.fraction) ? std::clamp(m_progress.fraction, 0.0, 1.0) : 0;
    m_bar->setValue(static_cast<int>(std::lround(fraction * 1000)));
    m_bar->setVisible(!m_made);
    const bool stopping = m_working && m_worker.get_stop_token().stop_requested();
    if (!stopping)
        m_stage->setText(m_made ? m_note
                                : tr("%1 · %2 %", "stage · per cent")
                                      .arg(stageWords(m_progress.stage))
                                      .arg(static_cast<int>(fraction * 100)));
    m_cancel->setVisible(!m_made);
    m_cancel->setEnabled(!stopping);
    m_open->setVisible(m_made);
}

} // namespace tocsin::gui
