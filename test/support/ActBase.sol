// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Act, Action} from "../../contracts/types/Act.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Base} from "./Base.sol";
import {Digests} from "./Digests.sol";
import {vm} from "./Vm.sol";

/// @notice Actions by signature, submitted by a relayer who is nobody in the deal.
abstract contract ActBase is Base {
    address internal constant RELAYER = address(uint160(uint256(keccak256("relayer"))));
    uint256 internal constant ACT_LIFE = 400 days;

    function _actOf(address signer, Action action) internal view returns (Act memory) {
        return Act({
            signer: signer,
            action: action,
            value: 0,
            hash: bytes32(0),
            tip: 0,
            expiry: uint40(block.timestamp + ACT_LIFE)
        });
    }

    function _actOf(address signer, Action action, uint256 value) internal view returns (Act memory what) {
        what = _actOf(signer, action);
        what.value = value;
    }

    function _signAct(uint256 key, Terms memory terms, Act memory what) internal view returns (bytes memory) {
        return _sign(key, Digests.act(address(escrow), _idOf(terms), what, _nameOf(what.action)));
    }

    function _signed(Terms memory terms, Act memory what) internal view returns (bytes memory) {
        return _signAct(_keyOf(what.signer), terms, what);
    }

    /// @dev Signed by whom it names, sent by the relayer.
    function _submit(Terms memory terms, Act memory what) internal {
        bytes memory signature = _signed(terms, what);
        vm.prank(RELAYER);
        escrow.act(terms, what, signature);
    }

    function _refusesAct(Terms memory terms, Act memory what, bytes memory refusal) internal {
        bytes memory signature = _signed(terms, what);
        _refusesSignature(terms, what, signature, refusal);
    }

    function _refusesSignature(Terms memory terms, Act memory what, bytes memory signature, bytes memory refusal)
        internal
    {
        vm.expectRevert(refusal);
        vm.prank(RELAYER);
        escrow.act(terms, what, signature);
    }

    function _keyOf(address signer) internal view returns (uint256) {
        if (signer == seller) return SELLER_KEY;
        if (signer == buyer) return BUYER_KEY;
        if (signer == arbiter) return ARBITER_KEY;
        require(signer == stranger, "nobody whose key the tests have");
        return STRANGER_KEY;
    }

    /// @dev The names that people read when they sign.
    function _nameOf(Action action) internal pure returns (string memory) {
        string[15] memory names = [
            "release",
            "releasePart",
            "refund",
            "refundPart",
            "ship",
            "deliver",
            "extend",
            "reclaim",
            "claim",
            "dispute",
            "awardByDefault",
            "fund",
            "cancelFunding",
            "cancelOffer",
            "open"
        ];
        return names[uint256(action)];
    }

    function _state(Terms memory terms) internal view returns (uint256) {
        return uint256(_stateOf(terms));
    }
}
