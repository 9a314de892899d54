#pragma once

#include "gui/tools/sheet_writer.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QThreadPool>
#include <QTimer>
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace tocsin::gui {

class MapView;

/// Saves the map as PNG, SVG or PDF, or prints it, with a preview that shows what will come.
class ExportDialog : public QDialog {
    Q_OBJECT
  public:
    ExportDialog(const UiContext& ui, MapView& view, QThreadPool& pool, std::vector<int> reachMinutes, QWidget* parent);

    void print(); ///< asks for the printer

  signals:
    void saved(QString path);
    void failed(QString sentence);

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    class Preview;
    [[nodiscard]] SheetContent content() const;
    [[nodiscard]] SheetTarget target() const;
    [[nodiscard]] QString suffix() const;
    void retranslate();
    void formChanged();
    void refresh();
    void later();
    void choosePath();
    void save();
    void say(const QString& sentence, bool bad);

    UiContext m_ui;
    MapView& m_view;
    QThreadPool& m_pool;
    std::vector<int> m_reachMinutes;
    bool m_busy{false};
    Preview* m_preview;
    QLabel* m_heading;
    QLabel* m_titleLabel;
    QLineEdit* m_title;
    QLabel* m_formLabel;
    QComboBox* m_form;
    QLabel* m_scaleLabel;
    QComboBox* m_scale;
    QLabel* m_paperLabel;
    QComboBox* m_paper;
    QComboBox* m_orientation;
    QCheckBox* m_legend;
    QCheckBox* m_furniture;
    QLabel* m_pathLabel;
    QLineEdit* m_path;
    QPushButton* m_choose;
    QPushButton* m_light;
    QLabel* m_message;
    QProgressBar* m_progress;
    QPushButton* m_save;
    QPushButton* m_print;
    QPushButton* m_cancel;
    QTimer m_soon;
};

} // namespace tocsin::gui
