import { Icon, type IconName } from '../parts/Icon';
import { useTheme, type ThemeChoice } from './theme';
import { useMenu } from './useMenu';

const choices: readonly [ThemeChoice, string, IconName][] = [['light', 'Light', 'sun'], ['dark', 'Dark', 'moon'], ['system', 'Like the system', 'monitor']];

export function ThemeMenu(): JSX.Element {
  const theme = useTheme();
  const menu = useMenu();
  return (
    <div className="menu" ref={menu.box} onKeyDown={menu.onKeyDown}>
      <button type="button" className="icon-button" aria-label="Theme" aria-haspopup="menu" aria-expanded={menu.isOpen} onClick={menu.toggle}>
        <Icon name={theme.isDark ? 'moon' : 'sun'} size={17} />
      </button>
      {menu.isOpen && (
        <div className="menu-list" role="menu" aria-label="Theme">
          {choices.map(([choice, words, icon]) => (
            <button key={choice} type="button" role="menuitemradio" aria-checked={theme.choice === choice} onClick={() => { theme.choose(choice); menu.close(); }}>
              <Icon name={icon} size={15} />{words}{theme.choice === choice && <Icon name="check" size={14} />}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
