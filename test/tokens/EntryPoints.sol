// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {Authorization, Permit, Permit2Payment} from "../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";

/// @notice A call of every function of the escrow that changes anything.
library EntryPoints {
    /// @dev What may move money: refused in the middle of a payment, alone and in a batch.
    function guarded(Offer memory offer) internal pure returns (bytes[] memory calls) {
        Terms memory terms = offer.terms;
        Terms[] memory deals = new Terms[](1);
        deals[0] = terms;
        bytes[] memory one = new bytes[](1);
        calls = new bytes[](23);
        calls[0] = abi.encodeCall(IEscrow.open, (offer, 0, ""));
        calls[1] = abi.encodeCall(IEscrow.openInPart, (offer, 0, "", 1));
        calls[2] = abi.encodeCall(IEscrow.openWithPermit, (offer, 0, "", Permit(0, 0, 0, 0)));
        calls[3] = abi.encodeCall(IEscrow.openWithPermit2, (offer, 0, "", Permit2Payment(address(0), 0, 0, 0, "")));
        calls[4] =
            abi.encodeCall(IEscrow.openWithAuthorization, (offer, 0, "", Authorization(address(0), 0, 0, 0, "")));
        calls[5] = abi.encodeCall(IEscrow.openFor, (offer, 0, "", _act(), ""));
        calls[6] = abi.encodeCall(IEscrow.fund, (terms, 1));
        calls[7] = abi.encodeCall(IEscrow.cancelFunding, (terms));
        calls[8] = abi.encodeCall(IEscrow.release, (terms));
        calls[9] = abi.encodeCall(IEscrow.releasePart, (terms, 1));
        calls[10] = abi.encodeCall(IEscrow.refund, (terms));
        calls[11] = abi.encodeCall(IEscrow.refundPart, (terms, 1));
        calls[12] = abi.encodeCall(IEscrow.reclaim, (terms));
        calls[13] = abi.encodeCall(IEscrow.claim, (terms));
        calls[14] = abi.encodeCall(IEscrow.settle, (terms, 1, 1, 0, "", ""));
        calls[15] = abi.encodeCall(IEscrow.rule, (terms, 1, 0, ""));
        calls[16] = abi.encodeCall(IEscrow.disputeAndRule, (terms, 0, 1, 0, ""));
        calls[17] = abi.encodeCall(IEscrow.awardByDefault, (terms));
        calls[18] = abi.encodeCall(IEscrow.act, (terms, _act(), ""));
        calls[19] = abi.encodeCall(IEscrow.releaseFor, (deals, new uint40[](1), one));
        calls[20] = abi.encodeCall(IEscrow.collectFees, (deals));
        calls[21] = abi.encodeCall(IEscrow.withdraw, (terms.token, terms.seller));
        calls[22] = abi.encodeCall(IEscrow.withdrawFor, (terms.seller, terms.token, terms.seller, 0, 0, ""));
    }

    /// @dev What moves no money, and is therefore open in the middle of a payment.
    function unguarded(Terms memory terms) internal view returns (bytes[] memory calls) {
        calls = new bytes[](10);
        calls[0] = abi.encodeCall(IEscrow.ship, (terms, 0));
        calls[1] = abi.encodeCall(IEscrow.deliver, (terms));
        calls[2] = abi.encodeCall(IEscrow.extend, (terms, uint40(block.timestamp + 100 days)));
        calls[3] = abi.encodeCall(IEscrow.dispute, (terms, 0));
        calls[4] = abi.encodeCall(IEscrow.cancelOffer, (terms));
        calls[5] = abi.encodeCall(IEscrow.cancelNonces, (1));
        calls[6] = abi.encodeCall(IEscrow.cancelAllOffers, ());
        calls[7] = abi.encodeCall(IEscrow.cancelFor, (terms.seller, 1, type(uint40).max, ""));
        calls[8] = abi.encodeCall(IEscrow.recordReviews, (terms, address(0)));
        calls[9] = abi.encodeCall(IEscrow.multicall, (new bytes[](0)));
    }

    /// @dev The call as the only one of a batch.
    function batched(bytes memory call) internal pure returns (bytes memory) {
        bytes[] memory calls = new bytes[](1);
        calls[0] = call;
        return abi.encodeCall(IEscrow.multicall, (calls));
    }

    function _act() private pure returns (Act memory) {
        return Act(address(1), Action.Release, 0, 0, 0, 0);
    }
}
