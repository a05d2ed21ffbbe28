// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IArbiterPool} from "../interfaces/IArbiterPool.sol";
import {Terms} from "../types/Terms.sol";
import {Votes} from "./Votes.sol";

/// @notice What arbiters, appellants and openers are owed. Everything is claimed, nothing is sent unasked.
abstract contract Rewards is Votes {
    mapping(address token => mapping(address account => uint256)) private _rewards;

    /// @inheritdoc IArbiterPool
    uint256 public reserve;

    /// @dev Coins come in as bonds and case fees, or from the escrow as a fee; others would be lost here.
    receive() external payable {
        if (msg.sender != address(ESCROW)) revert UnexpectedCoins(msg.sender);
    }

    /// @inheritdoc IArbiterPool
    function claim(address token, address to) external nonReentrant {
        uint256 amount = _rewards[token][msg.sender];
        if (amount == 0) revert NothingToClaim(token, msg.sender);
        _rewards[token][msg.sender] = 0;
        emit Claimed(msg.sender, token, to, amount);
        _send(token, to, amount);
    }

    /// @inheritdoc IArbiterPool
    function withdrawCredit(address token) external nonReentrant {
        ESCROW.withdraw(token, address(this));
    }

    /// @inheritdoc IArbiterPool
    function rewardOf(address token, address account) external view returns (uint256) {
        return _rewards[token][account];
    }

    /// @dev Equal shares; what remains goes to the first.
    function _share(bytes32 id, address[] memory among, address token, uint256 pot) internal {
        if (pot == 0) return;
        uint256 each = pot / among.length;
        uint256 first = pot - each * (among.length - 1);
        for (uint256 i = 0; i < among.length; ++i) {
            uint256 amount = i == 0 ? first : each;
            _rewards[token][among[i]] += amount;
            emit Rewarded(id, among[i], token, amount);
        }
    }

    function _appealBond(bytes32 id) internal view returns (uint256) {
        return _parametersAt(_cases[id].version).appealBond;
    }

    function _returnAppealBond(bytes32 id) internal {
        uint256 bond = _appealBond(id);
        address appellant = _cases[id].appellant;
        _rewards[address(0)][appellant] += bond;
        emit AppealBondReturned(id, appellant, bond);
    }

    function _caseFee(bytes32 id) internal view returns (uint256) {
        return _parametersAt(_cases[id].version).caseFee;
    }

    function _returnCaseFee(bytes32 id) internal {
        uint256 fee = _caseFee(id);
        address opener = _cases[id].opener;
        _rewards[address(0)][opener] += fee;
        emit CaseFeeReturned(id, opener, fee);
    }

    function _addReserve(uint256 amount) internal {
        reserve += amount;
    }

    function _takeReserve() internal returns (uint256 amount) {
        amount = reserve;
        reserve = 0;
    }

    /// @dev What the pool holds or is credited of the token more than before. A token that lies about balances deceives
    /// only those who are paid in it.
    function _collectFee(Terms calldata terms) internal returns (uint256 fee) {
        Terms[] memory deals = new Terms[](1);
        deals[0] = terms;
        uint256 before = _held(terms.token);
        ESCROW.collectFees(deals);
        uint256 held = _held(terms.token);
        if (held > before) fee = held - before;
    }

    /// @dev 0 of a token that does not answer, at most 2^128 - 1: whatever it says must not stop a ruling, nor make sums overflow.
    function _held(address token) private view returns (uint256 held) {
        if (token == address(0)) return address(this).balance + ESCROW.creditOf(token, address(this));
        bytes4 selector = IERC20.balanceOf.selector;
        // Memory-safe: only the scratch space is used.
        assembly ("memory-safe") {
            mstore(0x00, selector)
            mstore(0x04, address())
            let answered := staticcall(gas(), token, 0x00, 0x24, 0x00, 0x20)
            if and(answered, gt(returndatasize(), 0x1f)) { held := mload(0x00) }
        }
        if (held > type(uint128).max) held = type(uint128).max;
        held += ESCROW.creditOf(token, address(this));
    }
}
