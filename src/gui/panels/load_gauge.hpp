#pragma once

#include "tocsin/gui/ui_context.hpp"
#include "tocsin/triage/alarm_board.hpp"

#include <QAbstractButton>
#include <QCoreApplication>

namespace tocsin::gui {

/// What a load is called, and how it is drawn: the same wherever it stands.
class LoadWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::LoadWords)
  public:
    LoadWords() = delete;
    [[nodiscard]] static QString word(triage::AlarmLoad::Judgement judgement); ///< "calm", "flood"
    [[nodiscard]] static QString figure(const triage::AlarmLoad& load);        ///< alarms in ten minutes: "12"
    [[nodiscard]] static QString perMinute(const triage::AlarmLoad& load);     ///< "132 a minute", "0.4 a minute"
    [[nodiscard]] static QString sentence(const triage::AlarmLoad& load);      ///< against EEMUA 191
    /// Five bars of two alarms each in 38 × 20 px; all full, and in the colour of the text, when it is over ten.
    static void paintBars(QPainter& painter, QPoint topLeft, const triage::AlarmLoad& load, const Palette& colours);
    static constexpr int barsWidth = 38;
};

/// The alarm load of who sits here: bars, figure and word. A click shows what it is made of.
class LoadGauge : public QAbstractButton {
    Q_OBJECT
  public:
    LoadGauge(const UiContext& ui, QWidget* parent, int height = 48);
    void setNameShown(bool shown);
    void setWordShown(bool shown);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    [[nodiscard]] QString shown() const; ///< what stands beside the bars

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    void refresh();
    UiContext m_ui;
    int m_height;
    bool m_name{true};
    bool m_word{true};
    int m_width{0};
};

/// While there is a flood: how many a minute, since when, how many alarms became how many lines, which was the first.
/// Seen from afar by its inverted colours. A click shows what the load is made of.
class FloodBanner : public QAbstractButton {
    Q_OBJECT
  public:
    explicit FloodBanner(QWidget* parent = nullptr);
    void dress(const UiContext& ui); ///< once, before it is shown
    /// `lines`: how many the panel shows. Hides itself when there is no flood.
    void set(const triage::AlarmLoad& load, std::size_t lines, const QString& first);
    [[nodiscard]] QSize sizeHint() const override { return {320, 52}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const Theme* m_theme{nullptr};
    QString m_headline;
    QString m_since;
    QString m_second;
};

} // namespace tocsin::gui
