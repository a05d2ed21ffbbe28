// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {ReenteringParty} from "../../contracts/mocks/parties/Receivers.sol";
import {BareToken} from "../../contracts/mocks/tokens/BareToken.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {ActBase} from "../support/ActBase.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";

/// @notice What the attacks share: calls that may fail, and deals with any token or party. An attack is written once and run
/// on the escrow and on a contract that has the fault.
abstract contract FindingBase is ActBase {
    uint256 internal constant PRICE = USD_PRICE;
    bytes internal constant GUARDED = abi.encodeWithSignature("ReentrancyGuardReentrantCall()");

    /// @dev A call by `from`, and whether it went through.
    function _try(address from, address target, bytes memory data) internal returns (bool done) {
        (done,) = _tryWith(0, from, target, data);
    }

    function _tryWith(uint256 value, address from, address target, bytes memory data)
        internal
        returns (bool done, bytes memory answer)
    {
        vm.prank(from);
        return target.call{value: value}(data);
    }

    /// @dev As `_try`, and as if it had never been.
    function _would(address from, address target, bytes memory data) internal returns (bool done) {
        uint256 snapshot = vm.snapshotState();
        done = _try(from, target, data);
        vm.revertToState(snapshot);
    }

    /// @dev A deal in `token`, signed by the key of the seller, or of whoever owns the contract that sells.
    function _openWith(Terms memory terms, uint256 sellerKey) internal returns (bytes32) {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(sellerKey, Digests.offer(address(escrow), offer));
        if (terms.token != ETH) _give(terms.token, buyer, terms.price, address(escrow));
        vm.prank(buyer);
        return escrow.open{value: terms.token == ETH ? terms.price : 0}(offer, 0, signature);
    }

    /// @dev Money that `owner` has and `spender` may take.
    function _give(address token, address owner, uint256 amount, address spender) internal {
        BareToken(token).mint(owner, amount);
        vm.prank(owner);
        BareToken(token).approve(spender, amount);
    }

    function _inToken(address token) internal returns (Terms memory terms) {
        terms = _terms(token);
        _openWith(terms, SELLER_KEY);
    }

    function _release(Terms memory terms) internal pure returns (bytes memory) {
        return abi.encodeCall(IEscrow.release, (terms));
    }

    /// @dev The call again, from a party that is being paid by it.
    function _reenter(ReenteringParty party, address from, address target, bytes memory data) internal {
        party.arm(target, data);
        vm.assertTrue(_try(from, target, data), "the outer call works");
        vm.assertTrue(party.tried(), "the party was called");
    }
}
