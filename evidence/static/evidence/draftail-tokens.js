/* Facts and sources in the rich text editor: a button opens a chooser, the choice becomes a token. */
(() => {
  const { React, draftail, DraftJS } = window;
  const { EditorState, Modifier } = DraftJS;

  class TokenSource extends draftail.ModalWorkflowSource {
    getChooserConfig() {
      const kind = this.props.entityType.type;
      const url = this.props.entityType.chooserUrl;
      return {
        url,
        urlParams: {},
        onload: new window.ChooserModalOnloadHandlerFactory({}).getOnLoadHandlers(),
        responses: { chosen: this.onChosen, kind },
      };
    }

    onChosen(record) {
      const { editorState, entityType, onComplete } = this.props;
      const { label } = record;
      const withEntity = editorState
        .getCurrentContent()
        .createEntity(entityType.type, 'IMMUTABLE', { id: String(record.id), label });
      const content = Modifier.replaceText(
        withEntity,
        editorState.getSelection(),
        label,
        null,
        withEntity.getLastCreatedEntityKey(),
      );
      this.workflow.close();
      onComplete(EditorState.push(editorState, content, 'insert-characters'));
    }

    filterEntityData(record) {
      return { id: String(record.id) };
    }
  }

  const Token = ({ contentState, entityKey, children }) => {
    const entity = contentState.getEntity(entityKey);
    const kind = entity.getType() === 'FACT' ? 'Fact' : 'Source';
    return React.createElement(
      'span',
      { title: `${kind}: ${entity.getData().label}`, className: 'evidence-token' },
      children,
    );
  };

  ['FACT', 'REFERENCE'].forEach((type) => {
    draftail.registerPlugin({ type, source: TokenSource, decorator: Token }, 'entityTypes');
  });
})();
