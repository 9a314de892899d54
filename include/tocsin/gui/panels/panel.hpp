#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QList>
#include <QString>
#include <QStringList>
#include <QWidget>

class QAction;

namespace tocsin::gui {

/// What every panel of the desk is: a widget that wires itself to the desk, names itself for the dock that holds it,
/// and follows the language and the look. GUI thread only.
class Panel : public QWidget {
    Q_OBJECT
  public:
    /// `key` is the function key that leads here ("F2"), empty if none.
    Panel(const UiContext& context, const QString& name, const QString& key, QWidget* parent = nullptr);

    [[nodiscard]] virtual QString panelTitle() const = 0;           ///< "Alarms"
    [[nodiscard]] virtual QString panelCount() const { return {}; } ///< "2 unacknowledged · 5 active"
    /// panelCount() and what it is where there is less room: fewer words, never fewer numbers. The longest first.
    [[nodiscard]] virtual QStringList panelCountForms() const { return {panelCount()}; }
    [[nodiscard]] virtual QString emptyText() const { return {}; }  ///< what will appear here, what to do first
    [[nodiscard]] QString panelKey() const { return m_key; }
    /// What keys do while the keyboard is in the panel, as actions that it owns, enabled as things stand now. "keyText" is
    /// the key, "detail" what it would do now ("Shelve 132 alarms…"), "sheetOnly" that there is nothing to run from elsewhere
    /// (arrows); data() is the glyph, the object's name the English text.
    [[nodiscard]] virtual QList<QAction*> keyActions() { return {}; }
    /// Puts the keyboard where a person who pressed panelKey() expects it.
    virtual void takeFocus() { setFocus(Qt::ShortcutFocusReason); }

  signals:
    /// panelTitle() or panelCount() says something else.
    void titleChanged();

  protected:
    void changeEvent(QEvent* event) override;
    virtual void retranslate() {} ///< the language changed; titleChanged() follows by itself
    virtual void restyle() {}     ///< the look changed

    UiContext m_ui;

  private:
    QString m_key;
};

/// The line above a panel: its title, its count and its key. Where there is little room the count is said in fewer words, then the
/// title is cut; the numbers stay. What is cut is the tooltip. Fit for QDockWidget::setTitleBarWidget.
class PanelHeader : public QWidget {
    Q_OBJECT
  public:
    static constexpr int height = 40; ///< px

    PanelHeader(const Panel& panel, const Theme& theme, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QString shownTitle() const { return m_title; }
    [[nodiscard]] QString shownCount() const { return m_count; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void fit();
    [[nodiscard]] QRect keyBox() const;

    QString m_title;
    QString m_count;
    const Panel& m_panel;
    const Theme& m_theme;
};

} // namespace tocsin::gui
